import NeuralNetwork

/// The convolutions that a discriminator of 28 × 28 pixels begins with, each with LeakyReLU 0.2 after it.
struct ConvolutionTrunk {
    struct Step {
        let outputs: Int
        let kernel: Int
        let stride: Int
    }

    let layers: [any Layer]
    /// What comes out: side × side × channels.
    private(set) var side = 28
    private(set) var channels: Int

    /// - Parameters:
    ///   - isBatchNormalized: whether all convolutions but the first are; those have no bias.
    ///   - dropout: its rate after each convolution until it is restarted with another; 0 for none.
    init(
        channels: Int, _ steps: [Step], isBatchNormalized: Bool = false, dropout: Float = 0,
        initialization: Initialization, random: inout RandomSource, parallel: Parallel
    ) {
        self.channels = channels
        var layers: [any Layer] = []
        for (index, step) in steps.enumerated() {
            let name = "discriminator.\(index)"
            let isNormalized = isBatchNormalized && index > 0
            layers.append(
                Convolution(
                    name: name, inputHeight: side, inputWidth: side, inputChannels: self.channels,
                    outputChannels: step.outputs, kernel: step.kernel, stride: step.stride,
                    hasBias: !isNormalized, initialization: initialization, random: &random,
                    parallel: parallel))
            if isNormalized {
                layers.append(
                    BatchNormalization(
                        name: "\(name).normalization", channels: step.outputs, parallel: parallel))
            }
            layers.append(Rectifier(slope: 0.2, parallel: parallel))
            if dropout > 0 { layers.append(Dropout(rate: dropout, random: &random, parallel: parallel)) }
            (side, self.channels) = ((side + step.stride - 1) / step.stride, step.outputs)
        }
        self.layers = layers
    }
}
