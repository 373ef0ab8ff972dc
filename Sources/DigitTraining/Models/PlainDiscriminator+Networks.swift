extension PlainDiscriminator {
    /// The perceptron of `gan` and `cgan`: pixels (+ classes) → 1024 → 512 → 256 → 1, LeakyReLU 0.2 and dropout
    /// 0.3 after each hidden layer, Xavier initialisation.
    ///
    /// - Parameter comparesImages: whether the last layer is told the deviation within the minibatch, too.
    package static func perceptron(
        pixels: Int = 784, classes: Int, comparesImages: Bool = false, random: inout RandomSource,
        parallel: Parallel
    ) -> PlainDiscriminator {
        var layers: [any Layer] = []
        var inputs = pixels + classes
        for (index, units) in [1024, 512, 256].enumerated() {
            layers.append(
                Dense(
                    name: "discriminator.\(index)", inputs: inputs, outputs: units,
                    initialization: .xavierUniform, random: &random, parallel: parallel))
            layers.append(Rectifier(slope: 0.2, parallel: parallel))
            layers.append(Dropout(rate: 0.3, random: &random, parallel: parallel))
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

    /// `dcgan`'s: 5 × 5 convolutions of stride 2 to 64 and 128 channels in place of pooling, batch
    /// normalization after the second, LeakyReLU 0.2, and no hidden dense layer.
    ///
    /// - Parameter comparesImages: whether the last layer is told the deviation within the minibatch, too.
    package static func convolutional(
        comparesImages: Bool = false, random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        let initialization = Initialization.normal(standardDeviation: 0.02)
        return PlainDiscriminator(
            Sequential(
                [
                    Convolution(
                        name: "discriminator.0", inputHeight: 28, inputWidth: 28, inputChannels: 1,
                        outputChannels: 64, kernel: 5, stride: 2, initialization: initialization,
                        random: &random, parallel: parallel),
                    Rectifier(slope: 0.2, parallel: parallel),
                    Convolution(
                        name: "discriminator.1", inputHeight: 14, inputWidth: 14, inputChannels: 64,
                        outputChannels: 128, kernel: 5, stride: 2, hasBias: false,
                        initialization: initialization, random: &random, parallel: parallel),
                    BatchNormalization(
                        name: "discriminator.1.normalization", channels: 128, parallel: parallel),
                    Rectifier(slope: 0.2, parallel: parallel),
                ] + (comparesImages ? [MinibatchDeviation(channels: 128)] : []) + [
                    Dense(
                        name: "discriminator.2", inputs: 7 * 7 * (comparesImages ? 129 : 128), outputs: 1,
                        initialization: initialization, random: &random, parallel: parallel)
                ]))
    }
}
