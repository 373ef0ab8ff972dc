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

    /// The pixels [N, those of an image], 0…255 and not rounded, of inputs [N, `inputSize`]: latents and scaled one-hot
    /// labels.
    package func pixels(_ inputs: Tensor) -> Tensor {
        var values = unfinished(inputs)
        if generator.architecture.drawsInk {
            let finishing = InkFinishing(parallel: parallel)
            finishing.sources = LatentBatch.sources(inputs, generator.architecture)
            values = finishing.forward(values, .inference)
        }
        for index in 0..<values.count { values.pointer[index] = 127.5 * (values.pointer[index] + 1) }
        return values
    }

    /// The rounded pixels of each key's image from the latents that the runtime would draw.
    package func draw(_ keys: [ImageKey]) -> [UInt8] {
        stride(from: 0, to: keys.count, by: 500).flatMap { start in
            let part = Array(keys[start..<min(start + 500, keys.count)])
            return pixels(SampledInputs.inputs(part, for: generator.architecture)).elements.map(
                FloatGenerator.byte)
        }
    }

    /// The field that a generator of ink draws for each key: [N, those of an image], positive where there is ink.
    package func fields(_ keys: [ImageKey]) -> Tensor {
        precondition(generator.architecture.drawsInk)
        return unfinished(SampledInputs.inputs(keys, for: generator.architecture))
    }

    /// Pixels in −1…1 or, of a generator of ink, fields.
    private func unfinished(_ inputs: Tensor) -> Tensor {
        var values = inputs
        for index in generator.layers.indices {
            values = linear(index, values)
            activate(values, generator.architecture.layers[index].activation)
        }
        return values
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

/// The linear part of one of a generator's layers over a batch, in float32: no bias, no activation.
struct LinearOperation {
    let layer: GeneratorLayer
    let parallel: Parallel

    /// - Parameters:
    ///   - input: [N, elements of the layer's input], height × width × channels.
    ///   - weights: (output channels, …), as `GeneratorLayer.Operation` states it.
    /// - Returns: [N, elements of the layer's output].
    func callAsFunction(_ input: Tensor, weights: [Float]) -> Tensor {
        precondition(input.rowSize == layer.input.count && weights.count == layer.weightCount)
        let output = Tensor(uninitialized: [input.batch, layer.output.count])
        switch layer.operation {
        case .dense:
            let weights = Tensor(weights, shape: [layer.output.count, layer.input.count])
            multiply(
                MatrixView(input), MatrixView(weights).transposed, into: MatrixView(output),
                parallel: parallel)
        case .convolution(let kernel, let stride):
            windows(over: layer.input, kernel, stride, features: layer.output.channels, .featuresFirst)
                .setFeatures(output, volumes: input, kernel: Tensor(weights, shape: [weights.count]))
        case .transposedConvolution(let kernel, let stride):
            windows(over: layer.output, kernel, stride, features: layer.input.channels, .patchFirst)
                .setVolumes(output, features: input, kernel: tapsFirst(weights, taps: kernel * kernel))
        }
        return output
    }

    /// The product by im2col, for windows of any width, so that a run always gives the same bundle.
    private func windows(
        over volume: Volume, _ kernel: Int, _ stride: Int, features: Int, _ order: WindowProduct.KernelOrder
    ) -> WindowProduct {
        WindowProduct(
            geometry: PatchGeometry(
                height: volume.height, width: volume.width, channels: volume.channels, kernel: kernel,
                stride: stride),
            features: features, kernelOrder: order, parallel: parallel, byRows: false)
    }

    /// (outputs, taps, inputs) → [taps · outputs, inputs].
    private func tapsFirst(_ weights: [Float], taps: Int) -> Tensor {
        let (outputs, inputs) = (layer.output.channels, layer.input.channels)
        let result = Tensor(uninitialized: [taps * outputs, inputs])
        for output in 0..<outputs {
            for tap in 0..<taps {
                let (source, target) = ((output * taps + tap) * inputs, (tap * outputs + output) * inputs)
                for input in 0..<inputs { result.pointer[target + input] = weights[source + input] }
            }
        }
        return result
    }
}
