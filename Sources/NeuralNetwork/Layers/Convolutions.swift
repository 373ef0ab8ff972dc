/// A linear layer whose kernel slides over its input or its output: both are made from the same numbers.
package protocol WindowedLayer: LinearLayer {
    init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel)
}

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
        windows = WindowProduct(
            geometry: geometry, features: outputChannels, kernelOrder: .featuresFirst, parallel: parallel)
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
        windows.setFeatures(output, volumes: input, kernel: linear.weight.value)
        return output
    }

    package func addWeightGradient(_ outputGradient: Tensor, input: Tensor) {
        windows.addKernelGradient(linear.weight.gradient, volumes: input, features: outputGradient)
    }

    package func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
        let gradient = Tensor(uninitialized: input.shape)
        windows.setVolumes(gradient, features: outputGradient, kernel: linear.weight.value)
        return gradient
    }
}

/// A two-dimensional transposed convolution, "same" geometry, the adjoint of `Convolution` in its input:
/// y[n, i·s − p + ky, j·s − p + kx, o] += x[n, i, j, c] · W[ky, kx, o, c], plus b[o].
///
/// Input [N, H, W, C], output [N, H·s, W·s, O]: from features to volumes, see `WindowProduct`.
package final class TransposedConvolution: WindowedLayer {
    /// The weight is [kernel, kernel, output channels, input channels]: so that a product with it gives whole patches.
    package let linear: LinearParameters
    private let inputChannels: Int
    private let windows: WindowProduct
    package var input: Tensor?

    package init(
        name: String, inputHeight: Int, inputWidth: Int, inputChannels: Int, outputChannels: Int,
        kernel: Int, stride: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.inputChannels = inputChannels
        let geometry = PatchGeometry(
            height: inputHeight * stride, width: inputWidth * stride, channels: outputChannels,
            kernel: kernel, stride: stride)
        windows = WindowProduct(
            geometry: geometry, features: inputChannels, kernelOrder: .patchFirst, parallel: parallel)
        linear = LinearParameters(
            name: name,
            weight: initialization.tensor(
                shape: [kernel, kernel, outputChannels, inputChannels],
                inputs: kernel * kernel * inputChannels / (stride * stride), outputs: geometry.patchSize,
                random: &random),
            channels: outputChannels, hasBias: hasBias, parallel: parallel)
    }

    package func product(_ input: Tensor) -> Tensor {
        let geometry = windows.geometry
        precondition(
            input.rowSize == geometry.patchCount * inputChannels,
            "transposed convolution of \(geometry.patchCount * inputChannels) inputs given \(input.shape)")
        let output = Tensor(
            uninitialized: [input.batch, geometry.height, geometry.width, geometry.channels])
        windows.setVolumes(output, features: input, kernel: linear.weight.value)
        return output
    }

    package func addWeightGradient(_ outputGradient: Tensor, input: Tensor) {
        windows.addKernelGradient(linear.weight.gradient, volumes: outputGradient, features: input)
    }

    package func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
        let gradient = Tensor(uninitialized: input.shape)
        windows.setFeatures(gradient, volumes: outputGradient, kernel: linear.weight.value)
        return gradient
    }
}
