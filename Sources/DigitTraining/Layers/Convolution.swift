/// A two-dimensional convolution (cross-correlation), "same" geometry:
/// y[n, i, j, o] = b[o] + Σ x[n, i·s − p + ky, j·s − p + kx, c] · W[o, ky, kx, c].
///
/// Input [N, H, W, C], output [N, H/s, W/s, O]. With P the patches of x (im2col): y = P · Wᵀ,
/// dW = dyᵀ · P, dx = col2im(dy · W).
package final class Convolution: Layer {
    let weight: Parameter
    let bias: Parameter?
    private let outputChannels: Int
    private let geometry: PatchGeometry
    private let blocks: PatchBlocks
    private var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.outputChannels = outputChannels
        geometry = PatchGeometry(
            height: inputHeight, width: inputWidth, channels: inputChannels, kernel: kernel, stride: stride)
        blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        weight = Parameter(
            name: "\(name).weight",
            value: initialization.tensor(
                shape: [outputChannels, kernel, kernel, inputChannels], inputs: geometry.patchSize,
                outputs: kernel * kernel * outputChannels / (stride * stride), random: &random))
        bias =
            hasBias
            ? Parameter(name: "\(name).bias", value: Tensor(repeating: 0, shape: [outputChannels])) : nil
    }

    package var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        precondition(
            input.rowSize == geometry.volumeSize,
            "convolution of \(geometry.volumeSize) inputs given \(input.shape)")
        self.input = mode == .inference ? nil : input
        let output = Tensor(
            uninitialized: [input.batch, geometry.rows, geometry.columns, outputChannels])
        blocks.forEach(images: input.batch) { _, images, patches in
            blocks.gather(images, of: input.pointer, into: patches)
            multiply(
                patchMatrix(patches, images.count), weightMatrix(weight.value.pointer).transposed,
                into: outputMatrix(output, images))
        }
        if let bias {
            addRow(bias.value.pointer, to: output, columns: outputChannels, parallel: blocks.parallel)
        }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        if wanted.contains(.parameters) { addParameterGradients(outputGradient, input) }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: input.shape)
        blocks.forEach(images: input.batch) { _, images, patches in
            multiply(
                outputMatrix(outputGradient, images), weightMatrix(weight.value.pointer),
                into: patchMatrix(patches, images.count))
            blocks.scatter(patches, to: images, of: inputGradient.pointer)
        }
        return inputGradient
    }

    private func addParameterGradients(_ outputGradient: Tensor, _ input: Tensor) {
        blocks.collect(into: weight.gradient) { partials in
            blocks.forEach(images: input.batch) { part, images, patches in
                blocks.gather(images, of: input.pointer, into: patches)
                multiply(
                    outputMatrix(outputGradient, images).transposed, patchMatrix(patches, images.count),
                    into: weightMatrix(partials + part * weight.value.count), beta: 1)
            }
        }
        if let bias {
            addColumnSums(
                of: outputGradient, columns: outputChannels, to: bias.gradient.pointer,
                parallel: blocks.parallel)
        }
    }

    private func patchMatrix(_ patches: UnsafeMutablePointer<Float>, _ images: Int) -> MatrixView {
        MatrixView(patches, rows: images * geometry.patchCount, columns: geometry.patchSize)
    }

    private func weightMatrix(_ pointer: UnsafeMutablePointer<Float>) -> MatrixView {
        MatrixView(pointer, rows: outputChannels, columns: geometry.patchSize)
    }

    private func outputMatrix(_ tensor: Tensor, _ images: Range<Int>) -> MatrixView {
        MatrixView(
            tensor.pointer + images.lowerBound * geometry.patchCount * outputChannels,
            rows: images.count * geometry.patchCount, columns: outputChannels)
    }
}
