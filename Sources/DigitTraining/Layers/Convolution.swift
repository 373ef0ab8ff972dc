/// A two-dimensional convolution (cross-correlation), "same" geometry:
/// y[n, i, j, o] = b[o] + Σ x[n, i·s − p + ky, j·s − p + kx, c] · W[o, ky, kx, c].
///
/// Input [N, H, W, C], output [N, H/s, W/s, O]: from volumes to features, see `WindowProduct`.
package final class Convolution: Layer {
    /// [output channels, kernel, kernel, input channels].
    let weight: Parameter
    let bias: Parameter?
    private let outputChannels: Int
    private let product: WindowProduct
    private var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.outputChannels = outputChannels
        let geometry = PatchGeometry(
            height: inputHeight, width: inputWidth, channels: inputChannels, kernel: kernel, stride: stride)
        product = WindowProduct(geometry: geometry, features: outputChannels, parallel: parallel)
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
        let geometry = product.geometry
        precondition(
            input.rowSize == geometry.volumeSize,
            "convolution of \(geometry.volumeSize) inputs given \(input.shape)")
        self.input = mode == .inference ? nil : input
        let output = Tensor(
            uninitialized: [input.batch, geometry.rows, geometry.columns, outputChannels])
        product.setFeatures(output, volumes: input, kernel: kernel(weight.value.pointer))
        if let bias {
            addRow(bias.value.pointer, to: output, columns: outputChannels, parallel: product.parallel)
        }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        if wanted.contains(.parameters) {
            product.addKernelGradient(
                weight.gradient, volumes: input, features: outputGradient, kernel: kernel)
            if let bias {
                addColumnSums(
                    of: outputGradient, columns: outputChannels, to: bias.gradient.pointer,
                    parallel: product.parallel)
            }
        }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: input.shape)
        product.setVolumes(inputGradient, features: outputGradient, kernel: kernel(weight.value.pointer))
        return inputGradient
    }

    private func kernel(_ pointer: UnsafeMutablePointer<Float>) -> MatrixView {
        MatrixView(pointer, rows: outputChannels, columns: product.geometry.patchSize).transposed
    }
}
