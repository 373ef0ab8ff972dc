import DigitGen
import DigitModel
import NeuralNetwork

/// A quantized generator and how near it is to the float one.
package struct QuantizedGenerator: Sendable {
    package let model: QuantizedModel
    /// The mean absolute difference of the runtime's pixels to the float generator's on the same latents, in steps
    /// of 0…255; other latents than those of the calibration.
    package let pixelDifference: Double

    /// Latents of the comparison.
    private static let comparisonCount = 1_000

    /// Quantizes a generator on latents of its own: the same generator gives the same model.
    ///
    /// - Parameters:
    ///   - classes: the digits that it has learnt.
    ///   - calibrationCount: latents to calibrate on.
    package init(
        _ generator: FoldedGenerator, classes: [UInt8] = Manifest.allClasses,
        calibrationCount: Int = Quantizer.calibrationCount, parallel: Parallel
    ) throws(QuantizationError) {
        let keys = ImageKey.inTurn(
            0..<calibrationCount, seed: 0xCA11_B8A7, digits: classes)
        model = try Quantizer(generator, parallel: parallel)
            .quantize(calibration: SampledInputs.inputs(keys, for: generator.architecture))
        pixelDifference = try QuantizedGenerator.pixelDifference(
            model, generator,
            keys: ImageKey.inTurn(
                0..<QuantizedGenerator.comparisonCount, seed: 0x00C0_FFEE, digits: classes),
            parallel: parallel)
    }

    /// The mean absolute difference of what the runtime draws from `model` and what `generator` draws in float32, in
    /// steps of 0…255.
    static func pixelDifference(
        _ model: QuantizedModel, _ generator: FoldedGenerator, keys: [ImageKey], parallel: Parallel
    ) throws(QuantizationError) -> Double {
        let exact = try FloatGenerator(generator, parallel: parallel)
            .pixels(SampledInputs.inputs(keys, for: generator.architecture))
        let pixels = InferencePlan(model, tier: KernelTier.available[0]).pixels(
            keys, threads: parallel.threads)
        var total = 0.0
        for index in 0..<exact.count { total += Double(abs(exact.pointer[index] - Float(pixels[index]))) }
        return total / Double(max(exact.count, 1))
    }
}
