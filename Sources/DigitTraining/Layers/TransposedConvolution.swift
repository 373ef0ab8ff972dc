/// A two-dimensional transposed convolution, "same" geometry, the adjoint of `Convolution` in its input:
/// y[n, i·s − p + ky, j·s − p + kx, o] += x[n, i, j, c] · W[ky, kx, o, c], plus b[o].
///
/// Input [N, H, W, C], output [N, H·s, W·s, O]. With the patches taken from the output:
/// y = col2im(x · Wᵀ), dW = P(dy)ᵀ · x, dx = P(dy) · W.
package final class TransposedConvolution: Layer {
    /// [kernel, kernel, output channels, input channels]: so that a product with it gives whole patches.
    let weight: Parameter
    let bias: Parameter?
    private let inputChannels: Int
    private let geometry: PatchGeometry
    private let blocks: PatchBlocks
    private var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.inputChannels = inputChannels
        geometry = PatchGeometry(
            height: inputHeight * stride, width: inputWidth * stride, channels: outputChannels,
            kernel: kernel, stride: stride)
        blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        weight = Parameter(
            name: "\(name).weight",
            value: initialization.tensor(
                shape: [kernel, kernel, outputChannels, inputChannels],
                inputs: kernel * kernel * inputChannels / (stride * stride), outputs: geometry.patchSize,
                random: &random))
        bias =
            hasBias
            ? Parameter(name: "\(name).bias", value: Tensor(repeating: 0, shape: [outputChannels])) : nil
    }

    package var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        precondition(
            input.rowSize == geometry.patchCount * inputChannels,
            "transposed convolution of \(geometry.patchCount * inputChannels) inputs given \(input.shape)")
        self.input = mode == .inference ? nil : input
        let output = Tensor(
            uninitialized: [input.batch, geometry.height, geometry.width, geometry.channels])
        blocks.forEach(images: input.batch) { _, images, patches in
            multiply(
                inputMatrix(input, images), weightMatrix(weight.value.pointer).transposed,
                into: patchMatrix(patches, images.count))
            blocks.scatter(patches, to: images, of: output.pointer)
        }
        if let bias {
            addRow(bias.value.pointer, to: output, columns: geometry.channels, parallel: blocks.parallel)
        }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        let inputGradient = wanted.contains(.input) ? Tensor(uninitialized: input.shape) : nil
        let wantsParameters = wanted.contains(.parameters)
        blocks.collect(into: weight.gradient) { partials in
            blocks.forEach(images: input.batch) { part, images, patches in
                blocks.gather(images, of: outputGradient.pointer, into: patches)
                if wantsParameters {
                    multiply(
                        patchMatrix(patches, images.count).transposed, inputMatrix(input, images),
                        into: weightMatrix(partials + part * weight.value.count), beta: 1)
                }
                if let inputGradient {
                    multiply(
                        patchMatrix(patches, images.count), weightMatrix(weight.value.pointer),
                        into: inputMatrix(inputGradient, images))
                }
            }
        }
        if wantsParameters, let bias {
            addColumnSums(
                of: outputGradient, columns: geometry.channels, to: bias.gradient.pointer,
                parallel: blocks.parallel)
        }
        return inputGradient
    }

    private func patchMatrix(_ patches: UnsafeMutablePointer<Float>, _ images: Int) -> MatrixView {
        MatrixView(patches, rows: images * geometry.patchCount, columns: geometry.patchSize)
    }

    private func weightMatrix(_ pointer: UnsafeMutablePointer<Float>) -> MatrixView {
        MatrixView(pointer, rows: geometry.patchSize, columns: inputChannels)
    }

    private func inputMatrix(_ tensor: Tensor, _ images: Range<Int>) -> MatrixView {
        MatrixView(
            tensor.pointer + images.lowerBound * geometry.patchCount * inputChannels,
            rows: images.count * geometry.patchCount, columns: inputChannels)
    }
}
