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

    /// What is applied to the sums.
    package enum Activation: String, Sendable {
        /// max(x, 0).
        case relu
        /// x for x > 0, else 0.2 x.
        case leakyReLU = "leaky_relu"
        /// The last layer's: the runtime reads the pixel from a table.
        case tanh
        /// The last layer's of a generator of ink: its output is a field whose positive side is ink.
        case ink

        /// True for the activation of a generator's last layer.
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

extension GeneratorLayer {
    /// The number of outputs with their own weights, scale and bias: units of a dense layer, channels of a
    /// convolution.
    package var outputChannels: Int {
        switch operation {
        case .dense: output.count
        case .convolution, .transposedConvolution: output.channels
        }
    }

    /// The shape of the weights, row-major: (outputs, inputs) or (outputs, kernel, kernel, inputs).
    package var weightShape: [Int] {
        switch operation {
        case .dense: [output.count, input.count]
        case .convolution(let kernel, _), .transposedConvolution(let kernel, _):
            [output.channels, kernel, kernel, input.channels]
        }
    }

    /// The number of weights of one output channel, and so of the products in an accumulator.
    package var weightsPerOutput: Int {
        switch operation {
        case .dense: input.count
        case .convolution(let kernel, _), .transposedConvolution(let kernel, _):
            kernel * kernel * input.channels
        }
    }

    /// Weights of the layer, without biases.
    package var weightCount: Int { outputChannels * weightsPerOutput }

    /// The number of multiply-accumulates per image. Taps on the padding do not count: the runtime skips them.
    package var macsPerImage: Int {
        switch operation {
        case .dense: weightCount
        case .convolution(let kernel, let stride):
            GeneratorLayer.tapCount(kernel: kernel, stride: stride, windows: output, volume: input)
                * input.channels * output.channels
        case .transposedConvolution(let kernel, let stride):
            GeneratorLayer.tapCount(kernel: kernel, stride: stride, windows: input, volume: output)
                * input.channels * output.channels
        }
    }

    /// The padding before a volume's first row and column: the smaller half of the total.
    package static func padding(kernel: Int, stride: Int) -> Int { max(kernel - stride, 0) / 2 }

    /// The number of pairs of a window and one of its taps that lie inside the volume it slides over.
    private static func tapCount(kernel: Int, stride: Int, windows: Volume, volume: Volume) -> Int {
        let padding = GeneratorLayer.padding(kernel: kernel, stride: stride)
        func along(_ count: Int, _ size: Int) -> Int {
            (0..<count).reduce(0) { sum, window in
                let first = window * stride - padding
                return sum + max(0, min(first + kernel, size) - max(first, 0))
            }
        }
        return along(windows.height, volume.height) * along(windows.width, volume.width)
    }

    /// The number of pairs of a position and a tap of the kernel; the runtime lists the input that each reads.
    package var windowReads: Int {
        switch operation {
        case .dense: 1
        case .convolution(let kernel, _): output.height * output.width * kernel * kernel
        case .transposedConvolution(let kernel, _): input.height * input.width * kernel * kernel
        }
    }

    /// The number of weights, padded to multiples of 4 input channels and 16 outputs as kernels need them.
    package var packedWeightCount: Int {
        let taps: Int
        let channels: Int
        switch operation {
        case .dense: (taps, channels) = (1, input.count)
        case .convolution(let kernel, _), .transposedConvolution(let kernel, _):
            (taps, channels) = (kernel * kernel, input.channels)
        }
        return taps * ((channels + 3) / 4 * 4) * ((outputChannels + 15) / 16 * 16)
    }
}
