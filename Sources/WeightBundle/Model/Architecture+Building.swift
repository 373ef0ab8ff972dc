extension Architecture {
    /// The volume that the next layer would read: the last layer's output, or the latent and the label.
    package var outputVolume: Volume {
        layers.last?.output ?? Volume(height: 1, width: 1, channels: inputSize)
    }

    /// Adds a dense layer with `output.count` units.
    package mutating func appendDense(_ output: Volume, activation: GeneratorLayer.Activation) {
        layers.append(
            GeneratorLayer(operation: .dense, input: outputVolume, output: output, activation: activation))
    }

    /// Adds a convolution; the stride must divide the sides of its input.
    package mutating func appendConvolution(
        kernel: Int, stride: Int, channels: Int, activation: GeneratorLayer.Activation
    ) {
        let input = outputVolume
        layers.append(
            GeneratorLayer(
                operation: .convolution(kernel: kernel, stride: stride),
                input: input,
                output: Volume(
                    height: input.height / stride, width: input.width / stride, channels: channels),
                activation: activation))
    }

    /// Adds a transposed convolution.
    package mutating func appendTransposedConvolution(
        kernel: Int, stride: Int, channels: Int, activation: GeneratorLayer.Activation
    ) {
        let input = outputVolume
        layers.append(
            GeneratorLayer(
                operation: .transposedConvolution(kernel: kernel, stride: stride),
                input: input,
                output: Volume(
                    height: input.height * stride, width: input.width * stride, channels: channels),
                activation: activation))
    }
}
