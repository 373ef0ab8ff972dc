/// A two-dimensional convolution (cross-correlation), "same" geometry:
/// y[n, i, j, o] = b[o] + Σ x[n, i·s − p + ky, j·s − p + kx, c] · W[o, ky, kx, c].
///
/// Input [N, H, W, C], output [N, ⌈H/s⌉, ⌈W/s⌉, O]: from volumes to features, see `WindowProduct`.
package final class Convolution: WindowedLayer {
    /// The weight is [output channels, kernel, kernel, input channels].
    package let linear: LinearParameters
    private let outputChannels: Int
    private let windows: WindowProduct
    package var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.outputChannels = outputChannels
        let geometry = PatchGeometry(
            height: inputHeight, width: inputWidth, channels: inputChannels, kernel: kernel, stride: stride)
        windows = WindowProduct(geometry: geometry, features: outputChannels, parallel: parallel)
        linear = LinearParameters(
            name: name,
            weight: initialization.tensor(
                shape: [outputChannels, kernel, kernel, inputChannels], inputs: geometry.patchSize,
                outputs: kernel * kernel * outputChannels / (stride * stride), random: &random),
            channels: outputChannels, hasBias: hasBias, parallel: parallel)
    }

    package func product(_ input: Tensor) -> Tensor {
        let geometry = windows.geometry
        precondition(
            input.rowSize == geometry.volumeSize,
            "convolution of \(geometry.volumeSize) inputs given \(input.shape)")
        let output = Tensor(
            uninitialized: [input.batch, geometry.rows, geometry.columns, outputChannels])
        windows.setFeatures(output, volumes: input, kernel: kernel(linear.weight.value.pointer))
        return output
    }

    package func addWeightGradient(_ outputGradient: Tensor, input: Tensor) {
        windows.addKernelGradient(
            linear.weight.gradient, volumes: input, features: outputGradient, kernel: kernel)
    }

    package func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
        let gradient = Tensor(uninitialized: input.shape)
        windows.setVolumes(gradient, features: outputGradient, kernel: kernel(linear.weight.value.pointer))
        return gradient
    }

    private func kernel(_ pointer: UnsafeMutablePointer<Float>) -> MatrixView {
        MatrixView(pointer, rows: outputChannels, columns: windows.geometry.patchSize).transposed
    }
}
