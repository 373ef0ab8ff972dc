import NeuralNetwork

extension PlainDiscriminator {
    /// The perceptron of `gan` and `cgan`: pixels (+ classes) → 1024 → 512 → 256 → 1, LeakyReLU 0.2 and dropout
    /// after each hidden layer, Xavier initialisation.
    ///
    /// - Parameters:
    ///   - dropout: its rate until it is restarted with another.
    ///   - comparesImages: whether the last layer is told the deviation within the minibatch, too.
    package static func perceptron(
        pixels: Int = 784, classes: Int, dropout: Float, comparesImages: Bool = false,
        random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        var layers: [any Layer] = []
        var inputs = pixels + classes
        for (index, units) in [1024, 512, 256].enumerated() {
            layers.append(
                Dense(
                    name: "discriminator.\(index)", inputs: inputs, outputs: units,
                    initialization: .xavierUniform, random: &random, parallel: parallel))
            layers.append(Rectifier(slope: 0.2, parallel: parallel))
            layers.append(Dropout(rate: dropout, random: &random, parallel: parallel))
            inputs = units
        }
        if comparesImages {
            layers.append(MinibatchDeviation(channels: inputs))
            inputs += 1
        }
        layers.append(
            Dense(
                name: "discriminator.3", inputs: inputs, outputs: 1, initialization: .xavierUniform,
                random: &random, parallel: parallel))
        return PlainDiscriminator(Sequential(layers), classes: classes)
    }

    /// `dcgan`'s: 5 × 5 convolutions of stride 2 to 32, 64 and 128 channels in place of pooling, 28 → 14 → 7 → 4,
    /// batch normalization after all but the first, LeakyReLU 0.2, and no hidden dense layer.
    ///
    /// The third one lets a score depend on the whole digit: after two, each place sees 13 of the 28 pixels.
    ///
    /// - Parameters:
    ///   - dropout: its rate after each convolution until it is restarted with another; 0 for none.
    ///   - comparesImages: whether the last layer is told the deviation within the minibatch, too.
    package static func convolutional(
        dropout: Float = 0, comparesImages: Bool = false, random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        let initialization = Initialization.normal(standardDeviation: 0.02)
        let trunk = ConvolutionTrunk(
            channels: 1, [32, 64, 128].map { .init(outputs: $0, kernel: 5, stride: 2) },
            isBatchNormalized: true, dropout: dropout, initialization: initialization, random: &random,
            parallel: parallel)
        var (layers, channels) = (trunk.layers, trunk.channels)
        if comparesImages {
            layers.append(MinibatchDeviation(channels: channels))
            channels += 1
        }
        layers.append(
            Dense(
                name: "discriminator.3", inputs: trunk.side * trunk.side * channels, outputs: 1,
                initialization: initialization, random: &random, parallel: parallel))
        return PlainDiscriminator(Sequential(layers))
    }
}
