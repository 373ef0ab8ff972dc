import DigitDataSets
import DigitModel
import NeuralNetwork
import Platform

/// The bundle of a run before it is written: its generator quantized, with as much black as the training images have.
package struct BundleDraft {
    package let model: QuantizedModel
    package private(set) var manifest: Manifest
    /// The mean absolute difference from the float generator's pixels, in steps of 0…255.
    package let pixelDifference: Double

    /// Quantizes the generator on latents of its own and matches its black: the same run gives the same bundle.
    ///
    /// - Parameters:
    ///   - training: the images that the run was trained on.
    ///   - calibrationCount: latents to calibrate on.
    /// - Throws: `RunError.otherTrainingData`, `QuantizationError`.
    package init(
        _ finished: FinishedGenerator, training: DataSet, programVersion: String,
        calibrationCount: Int = Quantizer.calibrationCount, parallel: Parallel
    ) throws {
        let configuration = finished.configuration
        guard configuration.dataSetSHA256 == training.digest else {
            throw RunError.otherTrainingData(
                path: finished.path, found: configuration.dataSetSHA256, expected: training.digest)
        }
        let quantized = try QuantizedGenerator(
            finished.generator, classes: configuration.classes, calibrationCount: calibrationCount,
            parallel: parallel)
        pixelDifference = quantized.pixelDifference
        var metrics = [Manifest.Metric(name: "int8_pixel_difference", value: pixelDifference)]
        if quantized.model.architecture.drawsInk {
            // Paper is black already.
            model = quantized.model
        } else {
            let match = BlackMatch(
                quantized.model, classes: configuration.classes, to: training.images, parallel: parallel)
            model = match.model
            metrics.append(Manifest.Metric(name: "darkest_gray", value: Double(match.darkestGray)))
        }
        manifest = finished.manifest(metrics: metrics, programVersion: programVersion)
    }

    /// Adds measured figures to the manifest.
    package mutating func record(_ metrics: [Manifest.Metric]) { manifest.metrics += metrics }

    /// The bytes of the bundle.
    ///
    /// - Throws: `QuantizationError.invalidModel`.
    package func encoded() throws(QuantizationError) -> [UInt8] {
        do { return try Bundle.encode(model, manifest) } catch { throw .invalidModel(error) }
    }
}

extension FinishedGenerator {
    /// The manifest of the generator's bundle.
    func manifest(metrics: [Manifest.Metric], programVersion: String) -> Manifest {
        Manifest(
            modelName: configuration.model.rawValue, recipe: configuration.recipe(after: epoch),
            seed: configuration.seed, dataSetSHA256: configuration.dataSetSHA256, metrics: metrics,
            programVersion: programVersion, classes: configuration.classes)
    }
}
