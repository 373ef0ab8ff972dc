import WeightBundle

/// Runs a quantized model step by step as `QuantizedLayer` defines it, on the trainer's float32 products.
///
/// Accumulators beyond 2²⁴ may be off by their last bits, which is far below what requantization rounds away:
/// good for calibration and for measuring, while the runtime's kernels are exact.
package struct QuantizedReference {
    private let parallel: Parallel

    package init(parallel: Parallel) {
        self.parallel = parallel
    }

    /// Pixels [N, 784], 0…255, of inputs [N, `inputSize`] in real units.
    package func pixels(_ model: QuantizedModel, _ inputs: Tensor) -> [UInt8] {
        var codes = QuantizedReference.inputCodes(inputs)
        var scale = QuantizedModel.latentScale
        for (index, layer) in model.architecture.layers.enumerated() {
            let numbers = model.layers[index]
            codes = requantize(
                accumulate(layer, codes, numbers.weights.map(Float.init)), layer, numbers, inputScale: scale)
            scale = numbers.outputScale
        }
        let zero = Int(model.layers.last?.outputZeroPoint ?? 0)
        return (0..<codes.count).map { model.pixels[Int(codes.pointer[$0]) + zero] }
    }

    /// Latent and label as codes less their zero point.
    static func inputCodes(_ inputs: Tensor) -> Tensor {
        let codes = Tensor(uninitialized: inputs.shape)
        for index in 0..<inputs.count {
            codes.pointer[index] = (inputs.pointer[index] / QuantizedModel.latentScale).rounded()
        }
        return codes
    }

    /// Σ (x − xZero) · weight.
    func accumulate(_ layer: GeneratorLayer, _ codes: Tensor, _ weights: [Float]) -> Tensor {
        LinearOperation(layer: layer, parallel: parallel)(codes, weights: weights)
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
            case .tanh: 1
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
