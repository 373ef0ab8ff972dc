extension Volume {
    /// Height, width and channels as errors write them, in ASCII: `7x7x64`.
    var text: String { "\(height)x\(width)x\(channels)" }

    /// The same for tables: `7×7×64`.
    package var shape: String { "\(height)×\(width)×\(channels)" }
}

extension GeneratorLayer {
    /// Outputs that have weights, a scale and a bias of their own: units of a dense layer, channels of a
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

    /// Weights of one output channel. No accumulator sums more products than this.
    package var weightsPerOutput: Int {
        switch operation {
        case .dense: input.count
        case .convolution(let kernel, _), .transposedConvolution(let kernel, _):
            kernel * kernel * input.channels
        }
    }

    /// Weights of the layer, without biases.
    package var weightCount: Int { outputChannels * weightsPerOutput }

    /// Multiply-accumulates an image costs in this layer. Taps that fall on the border's padding count: a
    /// convolution applies its kernel at every output position, a transposed one at every input position.
    package var macsPerImage: Int {
        switch operation {
        case .dense: weightCount
        case .convolution: output.height * output.width * weightCount
        case .transposedConvolution: input.height * input.width * weightCount
        }
    }

    /// Pairs of a position and a tap of the kernel there: the runtime lists which input each of them reads.
    package var windowReads: Int {
        switch operation {
        case .dense: 1
        case .convolution(let kernel, _): output.height * output.width * kernel * kernel
        case .transposedConvolution(let kernel, _): input.height * input.width * kernel * kernel
        }
    }

    /// Weights with zeros for what is missing to whole fours of input channels and whole sixteens of outputs, as
    /// the kernels take them.
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

    /// Multiply-accumulates an image costs; see `GeneratorLayer.macsPerImage`.
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
