import DigitDataSets
import DigitModel
import NeuralNetwork
import Platform

/// The bundle of a run before it is written: its generator quantized, with as much black as the training images have.
package struct BundleDraft {
    package private(set) var model: QuantizedModel
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
        guard finished.drawsInStyles else { return }
        manifest.styles = StyleReach.find(model, classes: configuration.classes, parallel: parallel)
        model.forms = EvenForms.find(model, classes: configuration.classes, parallel: parallel)
        // One digit has no hand.
        if configuration.classes.count > 1 {
            manifest.stray = NaturalStray.find(model, classes: configuration.classes, parallel: parallel)
        }
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
    /// True if the latent begins with the coordinates of a style.
    var drawsInStyles: Bool { Recipe.standard(configuration.model).style != nil }

    /// The manifest of the generator's bundle.
    func manifest(metrics: [Manifest.Metric], programVersion: String) -> Manifest {
        Manifest(
            modelName: configuration.model.rawValue, recipe: configuration.recipe(after: epoch),
            seed: configuration.seed, dataSetSHA256: configuration.dataSetSHA256, metrics: metrics,
            programVersion: programVersion, classes: configuration.classes)
    }
}

/// The generator of a finished run, ready to be quantized.
package struct FinishedGenerator {
    /// The directory of the run.
    package let path: String
    package let generator: FoldedGenerator
    package let configuration: RunConfiguration
    /// The number of epochs that its checkpoint has behind it.
    package let epoch: Int

    /// Reads the run at `path`, as far as it has come. The run is not locked: a checkpoint is complete at any time.
    ///
    /// - Throws: `RunError` for a directory without a run or without a checkpoint, or with a broken one.
    package static func load(run path: String, parallel: Parallel) throws(RunError) -> FinishedGenerator {
        try load(run: path, parallel: parallel) { $0.statisticsBatches(classes: $1) }
    }

    /// `load` with the latents that batch statistics are measured over.
    static func load(
        run path: String, parallel: Parallel, statisticsBatches: (Recipe, _ classes: [UInt8]) -> [Tensor]
    ) throws(RunError) -> FinishedGenerator {
        let configurationPath = RunDirectory.configurationPath(in: path)
        guard FileBytes.exists(configurationPath) else { throw .noRun(path: path) }
        let configuration = try RunConfiguration.read(configurationPath)
        let checkpointPath = RunDirectory.checkpointPath(in: path)
        guard FileBytes.exists(checkpointPath) else { throw try TrainingRun.withoutCheckpoint(path) }
        let checkpoint = try Checkpoint.load(checkpointPath)
        let epoch = try checkpoint.epoch(of: configuration)
        let recipe = try configuration.makeRecipe(path: configurationPath)

        var random = RandomSource(seed: recipe.seed)
        let network = recipe.makeGenerator(random: &random, parallel: parallel)
        for parameter in network.parameters {
            let name = recipe.averageDecay == nil ? parameter.name : parameter.name + ".average"
            try checkpoint.copyFloats(name, into: parameter.value)
        }
        network.measureStatistics(over: statisticsBatches(recipe, configuration.classes))
        return FinishedGenerator(
            path: path, generator: network.folded(), configuration: configuration, epoch: epoch)
    }
}
