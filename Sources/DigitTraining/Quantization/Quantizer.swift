import DigitModel
import NeuralNetwork
import Platform

/// Quantizes a generator layer by layer: int8 weights with a scale for each output channel, uint8 activations,
/// float32 biases.
///
/// Channels are equalized first (`ChannelEqualization`). Then each layer is calibrated on what the quantized layers
/// before it give, and measured against what the float generator gives for the same inputs; so a layer makes up for
/// part of the errors before it: the mean error of each output channel goes into its bias (Nagel et al. 2019,
/// "Data-free quantization through weight equalization and bias correction", section 4.2, with measured means).
package struct Quantizer {
    /// Latents that are enough for stable ranges, and whose activations fit in a few hundred MB.
    package static let calibrationCount = 1_500

    /// Values of a layer that a range is chosen on.
    private static let sampleCount = 100_000

    private let generator: FoldedGenerator
    private let arithmetic: QuantizedArithmetic
    private let parallel: Parallel

    /// Throws `QuantizationError` where the generator's numbers do not fit its architecture or are not finite.
    package init(_ generator: FoldedGenerator, parallel: Parallel) throws(QuantizationError) {
        self.generator = try FloatGenerator(generator, parallel: parallel).generator
        arithmetic = QuantizedArithmetic(parallel: parallel)
        self.parallel = parallel
    }

    /// - Parameter inputs: [N, `inputSize`], N ≥ 1: latents of the kind that will be drawn, and labels.
    package func quantize(calibration inputs: Tensor) throws(QuantizationError) -> QuantizedModel {
        let architecture = generator.architecture
        guard inputs.shape.count == 2, inputs.batch > 0, inputs.shape[1] == architecture.inputSize else {
            throw .calibration(found: inputs.shape, expected: "[1 or more, \(architecture.inputSize)]")
        }
        let equalized = try ChannelEqualization(parallel: parallel).equalized(generator, calibration: inputs)
        let float = try FloatGenerator(equalized, parallel: parallel)
        var exact = inputs
        var model = QuantizedModel(architecture: architecture, layers: [], pixels: [])
        model.latentSteps = architecture.latentSteps
        if architecture.drawsInk { model.speckSize = InkFinishing.speckSize }
        model.sourceRule = architecture.sourceRule
        var codes = QuantizedArithmetic.inputCodes(inputs, steps: model.latentSteps)
        var inputScale = model.latentScale
        for (index, layer) in architecture.layers.enumerated() {
            let target = float.linear(index, exact)
            var numbers = quantizedWeights(
                layer, equalized.layers[index].weights, codes, inputScale: inputScale)
            let accumulators = arithmetic.accumulate(layer, codes, numbers.weights)
            let scales = numbers.weightScales.map { $0 * inputScale }
            numbers.biases = correctedBiases(accumulators, scales: scales, target: target)
            let sumLimit = Quantizer.sumLimit(layer, scales: scales, numbers.biases)
            // Sums that grow beyond float32 on the way come of weights that are just within it.
            guard sumLimit < 0x1p126 else { throw .notFinite(layer: index) }
            if layer.activation == .ink {
                // The sums themselves are the field: nothing is requantized.
                numbers.outputScale = scales[0]
                model.layers.append(numbers)
                break
            }
            let range = outputRange(
                layer, accumulators, scales: scales, numbers.biases, target: target, sumLimit: sumLimit)
            numbers.outputScale = range.scale
            numbers.outputZeroPoint = range.zeroPoint
            if layer.activation == .tanh {
                model.pixels = PixelTable.pixels(scale: range.scale, zeroPoint: range.zeroPoint)
            }
            codes = arithmetic.requantize(accumulators, layer, numbers, inputScale: inputScale)
            float.activate(target, layer.activation)
            exact = target
            inputScale = range.scale
            model.layers.append(numbers)
        }
        do { try model.validate() } catch { throw .invalidModel(error) }
        return model
    }

    /// The layer with its weights and their scales; the rest is still to be found.
    private func quantizedWeights(
        _ layer: GeneratorLayer, _ weights: [Float], _ codes: Tensor, inputScale: Float
    ) -> QuantizedLayer {
        let size = layer.weightsPerOutput
        let quantizer = WeightQuantizer(importance: importance(layer, codes, inputScale: inputScale))
        var result = QuantizedLayer(
            weights: [], weightScales: [], biases: [], outputScale: 1, outputZeroPoint: 0)
        result.weights.reserveCapacity(weights.count)
        for channel in 0..<layer.outputChannels {
            let (scale, values) = quantizer.quantize(weights[channel * size..<(channel + 1) * size])
            result.weightScales.append(scale)
            result.weights.append(contentsOf: values)
        }
        return result
    }

    /// The mean square of what each weight of an output channel multiplies, taken equal over positions.
    private func importance(_ layer: GeneratorLayer, _ codes: Tensor, inputScale: Float) -> [Float] {
        let columns = layer.operation == .dense ? layer.input.count : layer.input.channels
        let means = meanSquares(codes, columns: columns).map { $0 * inputScale * inputScale }
        return (0..<layer.weightsPerOutput).map { means[$0 % columns] }
    }

    /// The biases with which each channel's mean over the calibration is that of the float generator.
    private func correctedBiases(_ accumulators: Tensor, scales: [Float], target: Tensor) -> [Float] {
        let channels = scales.count
        var sums = [Double](repeating: 0, count: channels)
        for row in 0..<target.count / channels {
            let (found, wanted) = (accumulators.pointer + row * channels, target.pointer + row * channels)
            for channel in 0..<channels {
                sums[channel] += Double(wanted[channel] - scales[channel] * found[channel])
            }
        }
        return sums.map { Float($0 * Double(channels) / Double(target.count)) }
    }

    /// The range of the output's codes with the least error, on a sample of the calibration.
    private func outputRange(
        _ layer: GeneratorLayer, _ accumulators: Tensor, scales: [Float], _ biases: [Float], target: Tensor,
        sumLimit: Float
    ) -> ActivationRange {
        let channels = scales.count
        // A step without a common factor with the channels visits them all.
        var step = max(1, target.count / Quantizer.sampleCount)
        while greatestCommonDivisor(step, channels) > 1 { step += 1 }
        let indices = stride(from: 0, to: target.count, by: step)
        let values = indices.map { scales[$0 % channels] * accumulators.pointer[$0] + biases[$0 % channels] }
        // No sum is further from 0 than 2²⁸ steps, which leaves room below what `QuantizedModel.validate` allows.
        // Only a layer that is (almost) always 0 comes near it.
        let smallest = max(sumLimit * 0x1p-28, 0x1p-40)
        if layer.activation == .tanh {
            let pixels = indices.map { PixelTable.value(target.pointer[$0]) }
            return ActivationRange.search(values.map { min(max($0, -4), 4) }, smallestScale: smallest) {
                rounded, index in
                abs(PixelTable.value(rounded).rounded() - pixels[index])
            }
        }
        let slope: Float = layer.activation == .relu ? 0 : 0.2
        let activated = values.map { $0 < 0 ? slope * $0 : $0 }
        return ActivationRange.search(activated, smallestScale: smallest) { rounded, index in
            let difference = rounded - activated[index]
            return difference * difference
        }
    }

    /// A bound on the magnitude of the layer's sums; infinite if one of its numbers is not finite.
    private static func sumLimit(_ layer: GeneratorLayer, scales: [Float], _ biases: [Float]) -> Float {
        let accumulatorLimit = Float(layer.weightsPerOutput * 255 * 128)
        let limits = zip(scales, biases).map { accumulatorLimit * $0 + abs($1) }
        return limits.allSatisfy(\.isFinite) ? limits.max() ?? 0 : .infinity
    }
}

private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
}

/// Turns one output channel's weights into int8: weight ≈ scale · code, −127 ≤ code ≤ 127.
struct WeightQuantizer {
    /// The weight of each error: the mean square of the input that the number multiplies.
    let importance: [Float]

    /// Parts of the largest magnitude that may become code 127. What lies beyond is clipped, so that all
    /// others are rounded less.
    private static let clipRatios: [Float] = (0...20).map { 1 - 0.02 * Float($0) }

    /// The scale with the least weighted square error, and the codes.
    func quantize(_ weights: ArraySlice<Float>) -> (scale: Float, codes: [Int8]) {
        let largest = weights.reduce(0) { max($0, abs($1)) }
        // The smallest scale whose products stay normal numbers by far; also that of a channel of zeros.
        let smallest: Float = 0x1p-40
        var best = (error: Float.infinity, scale: smallest)
        for ratio in WeightQuantizer.clipRatios {
            let scale = max(ratio * largest / 127, smallest)
            let error = error(weights, scale: scale)
            if error < best.error { best = (error, scale) }
        }
        return (best.scale, weights.map { Int8(WeightQuantizer.code($0, scale: best.scale)) })
    }

    private func error(_ weights: ArraySlice<Float>, scale: Float) -> Float {
        var total: Float = 0
        for (index, weight) in weights.enumerated() {
            let difference = weight - scale * WeightQuantizer.code(weight, scale: scale)
            total += importance[index] * difference * difference
        }
        return total
    }

    private static func code(_ weight: Float, scale: Float) -> Float {
        min(max((weight / scale).rounded(.toNearestOrEven), -127), 127)
    }
}

/// The reason why a generator cannot be quantized.
package enum QuantizationError: Error, Equatable, Sendable {
    /// A weight or bias is infinite or no number: training has diverged. Layers count from 0.
    case notFinite(layer: Int)
    /// A layer has another number of weights or biases than the architecture asks for.
    case wrongCount(layer: Int, found: Int, expected: Int)
    /// Calibration needs at least one input, each of the size that the architecture states.
    case calibration(found: [Int], expected: String)
    /// The model fails its own checks.
    case invalidModel(BundleError)
}

extension QuantizationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFinite(let layer):
            "layer \(layer) of the generator has weights that are no finite numbers: its training has diverged; "
                + "train it again with a lower learning rate or another seed"
        case .wrongCount(let layer, let found, let expected):
            "layer \(layer) of the generator has \(found) numbers, its architecture asks for \(expected)"
        case .calibration(let found, let expected):
            "calibration inputs of shape \(found), expected \(expected)"
        case .invalidModel(let error):
            "the quantized model is not valid: \(error)"
        }
    }
}

extension QuantizationError: ProgramError {
    package var exitStatus: ExitStatus { .badData }
}
