/// A discriminator that is one stack of layers over the image, or, given classes, over the image and the
/// one-hot label beside it.
package final class PlainDiscriminator: Discriminator {
    private let network: Sequential
    /// 0 where the label is not looked at.
    private let classes: Int

    init(_ network: Sequential, classes: Int = 0) {
        self.network = network
        self.classes = classes
    }

    package var parameters: [Parameter] { network.parameters }
    package var statistics: [Parameter] { network.statistics }

    package func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput {
        let input = classes == 0 ? images : joined(images, labels)
        return DiscriminatorOutput(scores: network.forward(input, mode))
    }

    package func backward(_ gradient: DiscriminatorOutput, wanted: WantedGradients) -> Tensor? {
        guard let input = network.backward(gradient.scores, wanted: wanted) else { return nil }
        return classes == 0 ? input : withoutLabels(input)
    }

    package func reseedDropout(_ random: inout RandomSource) {
        for case let dropout as Dropout in network.layers { dropout.reseed(random.next()) }
    }

    private func joined(_ images: Tensor, _ labels: [UInt8]) -> Tensor {
        let pixels = images.rowSize
        let result = Tensor(repeating: 0, shape: [images.batch, pixels + classes])
        for row in 0..<images.batch {
            let line = result.pointer + row * (pixels + classes)
            line.update(from: images.pointer + row * pixels, count: pixels)
            line[pixels + Int(labels[row])] = 1
        }
        return result
    }

    private func withoutLabels(_ input: Tensor) -> Tensor {
        let pixels = input.rowSize - classes
        let result = Tensor(uninitialized: [input.batch, pixels])
        for row in 0..<input.batch {
            (result.pointer + row * pixels).update(
                from: input.pointer + row * (pixels + classes), count: pixels)
        }
        return result
    }
}

extension PlainDiscriminator {
    /// The perceptron of `gan` and `cgan`: 784 (+ classes) → 1024 → 512 → 256 → 1, LeakyReLU 0.2 and dropout
    /// 0.3 after each hidden layer, Xavier initialisation.
    package static func perceptron(
        classes: Int, random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        var layers: [any Layer] = []
        var inputs = 784 + classes
        for (index, units) in [1024, 512, 256].enumerated() {
            layers.append(
                Dense(
                    name: "discriminator.\(index)", inputs: inputs, outputs: units,
                    initialization: .xavierUniform, random: &random, parallel: parallel))
            layers.append(Rectifier(slope: 0.2, parallel: parallel))
            layers.append(Dropout(rate: 0.3, random: &random, parallel: parallel))
            inputs = units
        }
        layers.append(
            Dense(
                name: "discriminator.3", inputs: inputs, outputs: 1, initialization: .xavierUniform,
                random: &random, parallel: parallel))
        return PlainDiscriminator(Sequential(layers), classes: classes)
    }

    /// `dcgan`'s: 5 × 5 convolutions of stride 2 to 64 and 128 channels in place of pooling, batch
    /// normalization after the second, LeakyReLU 0.2, and no hidden dense layer.
    package static func convolutional(random: inout RandomSource, parallel: Parallel) -> PlainDiscriminator {
        let initialization = Initialization.normal(standardDeviation: 0.02)
        return PlainDiscriminator(
            Sequential([
                Convolution(
                    name: "discriminator.0", inputHeight: 28, inputWidth: 28, inputChannels: 1,
                    outputChannels: 64, kernel: 5, stride: 2, initialization: initialization, random: &random,
                    parallel: parallel),
                Rectifier(slope: 0.2, parallel: parallel),
                Convolution(
                    name: "discriminator.1", inputHeight: 14, inputWidth: 14, inputChannels: 64,
                    outputChannels: 128, kernel: 5, stride: 2, hasBias: false, initialization: initialization,
                    random: &random, parallel: parallel),
                BatchNormalization(name: "discriminator.1.normalization", channels: 128, parallel: parallel),
                Rectifier(slope: 0.2, parallel: parallel),
                Dense(
                    name: "discriminator.2", inputs: 7 * 7 * 128, outputs: 1, initialization: initialization,
                    random: &random, parallel: parallel),
            ]))
    }
}
