import DigitGen
import NeuralNetwork
import Platform
import DigitModel

/// Runs a folded generator in float32: what a quantized one is measured against.
package struct FloatGenerator {
    package let generator: FoldedGenerator
    private let parallel: Parallel

    /// Throws `QuantizationError` where the generator's numbers do not fit its architecture or are not finite.
    package init(_ generator: FoldedGenerator, parallel: Parallel) throws(QuantizationError) {
        do { try generator.architecture.validate() } catch { throw .invalidModel(error) }
        guard generator.layers.count == generator.architecture.layers.count else {
            throw .wrongCount(
                layer: 0, found: generator.layers.count, expected: generator.architecture.layers.count)
        }
        for (index, layer) in generator.architecture.layers.enumerated() {
            let numbers = generator.layers[index]
            guard numbers.weights.count == layer.weightCount, numbers.biases.count == layer.outputChannels
            else {
                throw .wrongCount(
                    layer: index, found: numbers.weights.count + numbers.biases.count,
                    expected: layer.weightCount + layer.outputChannels)
            }
            guard numbers.weights.allSatisfy(\.isFinite), numbers.biases.allSatisfy(\.isFinite) else {
                throw .notFinite(layer: index)
            }
        }
        self.generator = generator
        self.parallel = parallel
    }

    /// Pixels [N, 784], 0…255 and not rounded, of inputs [N, `inputSize`]: latent and scaled one-hot label.
    package func pixels(_ inputs: Tensor) -> Tensor {
        var values = inputs
        for index in generator.layers.indices {
            values = linear(index, values)
            let activation = generator.architecture.layers[index].activation
            if activation == .ink {
                values = InkFinishing(parallel: parallel).forward(values, .inference)
            } else {
                activate(values, activation)
            }
        }
        for index in 0..<values.count { values.pointer[index] = 127.5 * (values.pointer[index] + 1) }
        return values
    }

    /// 784 pixels for each key, rounded, from the latents that the runtime would draw.
    package func draw(_ keys: [ImageKey]) -> [UInt8] {
        stride(from: 0, to: keys.count, by: 500).flatMap { start in
            let part = Array(keys[start..<min(start + 500, keys.count)])
            return pixels(SampledInputs.inputs(part, for: generator.architecture)).elements.map(
                FloatGenerator.byte)
        }
    }

    private static func byte(_ value: Float) -> UInt8 {
        // A comparison that NaN fails: numbers may overflow in float32.
        guard value > 0 else { return 0 }
        return UInt8(min(value, 255).rounded(.toNearestOrEven))
    }

    /// The layer's output before its activation, bias included: [N, output elements].
    func linear(_ index: Int, _ input: Tensor) -> Tensor {
        let layer = generator.architecture.layers[index]
        let output = LinearOperation(layer: layer, parallel: parallel)(
            input, weights: generator.layers[index].weights)
        let biases = generator.layers[index].biases
        biases.withUnsafeBufferPointer { biases in
            guard let row = biases.baseAddress else { return }
            addRow(row, to: output, columns: layer.outputChannels, parallel: parallel)
        }
        return output
    }

    /// Replaces values by their activation.
    func activate(_ values: Tensor, _ activation: GeneratorLayer.Activation) {
        let pointer = values.pointer
        parallel.forEachElementRange(of: values.count) { range in
            switch activation {
            case .relu: for index in range { pointer[index] = max(pointer[index], 0) }
            case .leakyReLU:
                for index in range { pointer[index] = max(pointer[index], 0.2 * pointer[index]) }
            case .ink: break
            case .tanh: for index in range { pointer[index] = tanhf(pointer[index]) }
            }
        }
    }
}
