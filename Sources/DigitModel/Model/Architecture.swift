/// The shape of a generator: its latent, and the layers that turn it into an image.
///
/// Activations are stored height × width × channels (NHWC). A dense layer's output may be read as such a
/// volume by the layer that follows; `GeneratorLayer.output` says how.
package struct Architecture: Equatable, Sendable {
    /// Elements of the latent vector z.
    package var latentSize: Int
    /// Classes of the one-hot label that follows z in the first layer's input; 0 for an unconditional model.
    package var classCount: Int
    /// The value of the hot entry of the label (the others are 0).
    package var labelScale: Int
    /// From the latent to the image; the first is dense, the last has one output per pixel and tanh or ink.
    package var layers: [GeneratorLayer]

    package init(latentSize: Int, classCount: Int, labelScale: Int, layers: [GeneratorLayer]) {
        self.latentSize = latentSize
        self.classCount = classCount
        self.labelScale = labelScale
        self.layers = layers
    }

    /// True if the generator takes the digit to draw as an input.
    package var isConditional: Bool { classCount > 0 }

    /// True if the last layer's output is a field whose positive side is ink.
    package var drawsInk: Bool { layers.last?.activation == .ink }

    /// Elements of the first layer's input: z and the one-hot label.
    package var inputSize: Int { latentSize + classCount }
}

/// The height and width of an image, in pixels.
package struct ImageSize: Equatable, Hashable, Sendable {
    package var height: Int
    package var width: Int

    package init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    package var pixelCount: Int { height * width }

    /// The size of MNIST's images, which is that of every model so far.
    package static let mnist = ImageSize(height: 28, width: 28)
}

/// Height, width and channels of an activation.
package struct Volume: Equatable, Sendable {
    package var height: Int
    package var width: Int
    package var channels: Int

    package init(height: Int, width: Int, channels: Int) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Elements of the volume.
    package var count: Int { height * width * channels }

    /// A gray image of MNIST's size.
    static let image = Volume(height: ImageSize.mnist.height, width: ImageSize.mnist.width, channels: 1)
}

extension Volume {
    /// Height, width and channels as errors write them, in ASCII: `7x7x64`.
    var text: String { "\(height)x\(width)x\(channels)" }

    /// The same for tables: `7×7×64`.
    package var shape: String { "\(height)×\(width)×\(channels)" }
}

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

extension Architecture {
    /// The size of the images that the generator draws.
    package var imageSize: ImageSize { ImageSize(height: outputVolume.height, width: outputVolume.width) }

    /// Weights of all layers, without biases.
    package var weightCount: Int {
        layers.reduce(0) { $0 + $1.weightCount }
    }

    /// Weights and biases of all layers.
    package var parameterCount: Int {
        layers.reduce(weightCount) { $0 + $1.outputChannels }
    }

    /// The number of multiply-accumulates per image; see `GeneratorLayer.macsPerImage`.
    package var macsPerImage: Int {
        layers.reduce(0) { $0 + $1.macsPerImage }
    }

    /// Elements of the latent and of all layers' outputs.
    package var activationCount: Int {
        layers.reduce(latentSize) { $0 + $1.output.count }
    }

    /// See `GeneratorLayer.windowReads`.
    package var windowReads: Int {
        layers.reduce(0) { $0 + $1.windowReads }
    }

    /// See `GeneratorLayer.packedWeightCount`.
    package var packedWeightCount: Int {
        layers.reduce(0) { $0 + $1.packedWeightCount }
    }
}
