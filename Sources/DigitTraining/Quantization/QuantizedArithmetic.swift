import NeuralNetwork
import DigitModel

/// The steps of a quantized layer as `QuantizedLayer` defines them, on the trainer's float32 products: what
/// calibration runs on.
///
/// Accumulators beyond 2²⁴ may be off in their last bits, far below what requantization rounds away; the
/// runtime's kernels are exact.
struct QuantizedArithmetic {
    let parallel: Parallel

    /// The codes less their zero point of inputs in real units: latents and scaled labels.
    static func inputCodes(_ inputs: Tensor, steps: Int) -> Tensor {
        let codes = Tensor(uninitialized: inputs.shape)
        for index in 0..<inputs.count {
            codes.pointer[index] = (inputs.pointer[index] * Float(steps)).rounded()
        }
        return codes
    }

    /// Σ (x − xZero) · weight.
    func accumulate(_ layer: GeneratorLayer, _ codes: Tensor, _ weights: [Int8]) -> Tensor {
        LinearOperation(layer: layer, parallel: parallel)(codes, weights: weights.map(Float.init))
    }

    /// The output codes less their zero point, [N, output elements], in place of the accumulators.
    func requantize(
        _ accumulators: Tensor, _ layer: GeneratorLayer, _ numbers: QuantizedLayer, inputScale: Float
    ) -> Tensor {
        let channels = layer.outputChannels
        let multipliers = numbers.weightScales.map { inputScale * $0 / numbers.outputScale }
        let offsets = numbers.biases.map { $0 / numbers.outputScale }
        let zero = Float(numbers.outputZeroPoint)
        let slope: Float =
            switch layer.activation {
            case .relu: 0
            case .leakyReLU: 0.2
            case .tanh, .ink: 1
            }
        let pointer = accumulators.pointer
        parallel.forEachPart(of: accumulators.count / channels) { _, rows in
            for row in rows {
                let line = pointer + row * channels
                for channel in 0..<channels {
                    let product = line[channel] * multipliers[channel]
                    let value = product + offsets[channel]
                    let activated = value < 0 ? slope * value : value
                    line[channel] = min(max(activated.rounded(.toNearestOrEven), -zero), 255 - zero)
                }
            }
        }
        return accumulators
    }
}
