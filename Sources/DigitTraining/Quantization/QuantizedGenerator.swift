import DigitImaging
import WeightBundle

/// A quantized generator and how near it is to the float one.
package struct QuantizedGenerator: Sendable {
    package let model: QuantizedModel
    /// Mean absolute difference of a pixel, in steps of 0…255, to the float generator on the same latents
    /// (others than those of the calibration).
    package let pixelDifference: Double

    /// Latents of the comparison.
    private static let comparisonCount = 1_000

    /// Quantizes a generator with latents of its own, which depend on `seed` alone.
    package init(_ generator: FoldedGenerator, seed: UInt64, parallel: Parallel) throws(QuantizationError) {
        useSingleThreadedBLAS()
        let latents = LatentBatch(architecture: generator.architecture)
        var random = RandomSource(seed: seed ^ 0xCA11_B8A7_E5EE_D000)
        func draw(_ count: Int) -> Tensor {
            latents.draw(labels: (0..<count).map { UInt8($0 % 10) }, random: &random)
        }
        model = try Quantizer(generator, parallel: parallel).quantize(
            calibration: draw(Quantizer.calibrationCount))
        let inputs = draw(QuantizedGenerator.comparisonCount)
        let exact = try FloatGenerator(generator, parallel: parallel).pixels(inputs)
        let pixels = QuantizedReference(parallel: parallel).pixels(model, inputs)
        var total = 0.0
        for index in 0..<exact.count { total += Double(abs(exact.pointer[index] - Float(pixels[index]))) }
        pixelDifference = total / Double(exact.count)
    }
}

extension FinishedGenerator {
    /// The bundle of the quantized generator, with the history of its run.
    package func bundle(
        _ quantized: QuantizedGenerator, programVersion: String
    ) throws(QuantizationError) -> Bundle {
        let isUnfinished = epoch < configuration.epochs
        let manifest = Manifest(
            modelName: configuration.model.rawValue,
            recipe: configuration.recipe + (isUnfinished ? ", stopped after epoch \(epoch)" : ""),
            seed: configuration.seed, dataSetSHA256: configuration.dataSetSHA256,
            metrics: [Manifest.Metric(name: "int8_pixel_difference", value: quantized.pixelDifference)],
            programVersion: programVersion)
        do {
            return try Bundle(model: quantized.model, manifest: manifest)
        } catch {
            throw .invalidModel(error)
        }
    }
}
