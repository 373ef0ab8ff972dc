/// A two-dimensional transposed convolution, "same" geometry, the adjoint of `Convolution` in its input:
/// y[n, i·s − p + ky, j·s − p + kx, o] += x[n, i, j, c] · W[ky, kx, o, c], plus b[o].
///
/// Input [N, H, W, C], output [N, H·s, W·s, O]: from features to volumes, see `WindowProduct`.
package final class TransposedConvolution: Layer {
    /// [kernel, kernel, output channels, input channels]: so that a product with it gives whole patches.
    let weight: Parameter
    let bias: Parameter?
    private let inputChannels: Int
    private let product: WindowProduct
    private var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.inputChannels = inputChannels
        let geometry = PatchGeometry(
            height: inputHeight * stride, width: inputWidth * stride, channels: outputChannels,
            kernel: kernel, stride: stride)
        product = WindowProduct(geometry: geometry, features: inputChannels, parallel: parallel)
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
        let geometry = product.geometry
        precondition(
            input.rowSize == geometry.patchCount * inputChannels,
            "transposed convolution of \(geometry.patchCount * inputChannels) inputs given \(input.shape)")
        self.input = mode == .inference ? nil : input
        let output = Tensor(
            uninitialized: [input.batch, geometry.height, geometry.width, geometry.channels])
        product.setVolumes(output, features: input, kernel: kernel(weight.value.pointer))
        if let bias {
            addRow(bias.value.pointer, to: output, columns: geometry.channels, parallel: product.parallel)
        }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        if wanted.contains(.parameters) {
            product.addKernelGradient(
                weight.gradient, volumes: outputGradient, features: input, kernel: kernel)
            if let bias {
                addColumnSums(
                    of: outputGradient, columns: product.geometry.channels, to: bias.gradient.pointer,
                    parallel: product.parallel)
            }
        }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: input.shape)
        product.setFeatures(inputGradient, volumes: outputGradient, kernel: kernel(weight.value.pointer))
        return inputGradient
    }

    private func kernel(_ pointer: UnsafeMutablePointer<Float>) -> MatrixView {
        MatrixView(pointer, rows: product.geometry.patchSize, columns: inputChannels)
    }
}
