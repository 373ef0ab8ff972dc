/// The shape of a generator: what its latent looks like and which layers turn it into an image.
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
    /// From the latent to the image; the first is dense, the last has one output per pixel and tanh.
    package var layers: [GeneratorLayer]

    package init(latentSize: Int, classCount: Int, labelScale: Int, layers: [GeneratorLayer]) {
        self.latentSize = latentSize
        self.classCount = classCount
        self.labelScale = labelScale
        self.layers = layers
    }

    /// Whether the generator can be told which digit to draw.
    package var isConditional: Bool { classCount > 0 }

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

/// One layer of a generator: a linear operation and the activation function after it.
///
/// Batch normalization does not appear: it is folded into weights and biases when a model is quantized.
package struct GeneratorLayer: Equatable, Sendable {
    /// The linear operation. Geometry is TensorFlow's "same": an output side is the input side divided by
    /// (`convolution`) or multiplied by (`transposedConvolution`) the stride; total padding is
    /// `max(kernel - stride, 0)` (for sizes that the stride divides), its smaller half before.
    package enum Operation: Equatable, Sendable {
        /// Weights of shape (outputs, inputs).
        case dense
        /// Weights of shape (output channels, kernel, kernel, input channels).
        case convolution(kernel: Int, stride: Int)
        /// Weights of shape (output channels, kernel, kernel, input channels):
        /// output(y·stride − padding + ky, …) += input(y, …) · weight(…, ky, …).
        case transposedConvolution(kernel: Int, stride: Int)
    }

    package enum Activation: String, Sendable {
        case relu
        /// x for x > 0, else 0.2 x.
        case leakyReLU = "leaky_relu"
        /// The last layer's: the runtime reads the pixel from a table.
        case tanh
        /// The last layer's of a generator of ink: its output is a field whose positive side is ink.
        case ink

        /// Whether this is what a generator ends in.
        package var isFinal: Bool { self == .tanh || self == .ink }
    }

    package var operation: Operation
    package var input: Volume
    package var output: Volume
    package var activation: Activation

    package init(operation: Operation, input: Volume, output: Volume, activation: Activation) {
        self.operation = operation
        self.input = input
        self.output = output
        self.activation = activation
    }
}
