import NeuralNetwork
import DigitModel

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
            // The view alone does not keep the tensor's memory from being reused.
            withExtendedLifetime(Tensor(weights, shape: [layer.output.count, layer.input.count])) { weights in
                multiply(
                    MatrixView(input.pointer, rows: input.batch, columns: layer.input.count),
                    matrix(weights).transposed, into: matrix(output), parallel: parallel)
            }
        case .convolution(let kernel, let stride):
            convolve(input, weights, kernel: kernel, stride: stride, into: output)
        case .transposedConvolution(let kernel, let stride):
            convolveTransposed(input, weights, kernel: kernel, stride: stride, into: output)
        }
        return output
    }

    /// Patches of the input times the weights.
    private func convolve(_ input: Tensor, _ weights: [Float], kernel: Int, stride: Int, into output: Tensor)
    {
        let geometry = PatchGeometry(
            height: layer.input.height, width: layer.input.width, channels: layer.input.channels,
            kernel: kernel, stride: stride)
        let blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        let weights = Tensor(weights, shape: [layer.output.channels, geometry.patchSize])
        blocks.forEach(images: input.batch) { _, images, patches in
            blocks.gather(images, of: input.pointer, into: patches)
            let rows = images.count * geometry.patchCount
            multiply(
                MatrixView(patches, rows: rows, columns: geometry.patchSize), matrix(weights).transposed,
                into: MatrixView(
                    output.pointer + images.lowerBound * layer.output.count, rows: rows,
                    columns: layer.output.channels))
        }
    }

    /// The input times the weights gives patches, which are added up where they overlap in the output.
    private func convolveTransposed(
        _ input: Tensor, _ weights: [Float], kernel: Int, stride: Int, into output: Tensor
    ) {
        let geometry = PatchGeometry(
            height: layer.output.height, width: layer.output.width, channels: layer.output.channels,
            kernel: kernel, stride: stride)
        let blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        let weights = tapsFirst(weights, taps: kernel * kernel)
        blocks.forEach(images: input.batch) { _, images, patches in
            let rows = images.count * geometry.patchCount
            multiply(
                MatrixView(
                    input.pointer + images.lowerBound * layer.input.count, rows: rows,
                    columns: layer.input.channels),
                matrix(weights).transposed,
                into: MatrixView(patches, rows: rows, columns: geometry.patchSize))
            blocks.scatter(patches, to: images, of: output.pointer)
        }
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

    private func matrix(_ tensor: Tensor) -> MatrixView {
        MatrixView(tensor.pointer, rows: tensor.batch, columns: tensor.rowSize)
    }
}
