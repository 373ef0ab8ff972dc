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
        append(.convolution(kernel: kernel, stride: stride), channels, activation) { $0 / stride }
    }

    /// Adds a transposed convolution.
    package mutating func appendTransposedConvolution(
        kernel: Int, stride: Int, channels: Int, activation: GeneratorLayer.Activation
    ) {
        append(.transposedConvolution(kernel: kernel, stride: stride), channels, activation) { $0 * stride }
    }

    private mutating func append(
        _ operation: GeneratorLayer.Operation, _ channels: Int, _ activation: GeneratorLayer.Activation,
        outputSide: (_ inputSide: Int) -> Int
    ) {
        let input = outputVolume
        let output = Volume(
            height: outputSide(input.height), width: outputSide(input.width), channels: channels)
        layers.append(
            GeneratorLayer(operation: operation, input: input, output: output, activation: activation))
    }
}
