import DigitModel
import NeuralNetwork

/// A discriminator that is one stack of layers over the image or, given classes, over the image and the one-hot label.
package final class PlainDiscriminator: Discriminator {
    private let network: Sequential
    /// 0 for a discriminator without labels.
    private let classes: Int

    init(_ network: Sequential, classes: Int = 0) {
        self.network = network
        self.classes = classes
    }

    package var parameters: [Parameter] { network.parameters }
    package var statistics: [Parameter] { network.statistics }
    package var comparesImages: Bool {
        network.layers.contains { $0 is BatchNormalization || $0 is MinibatchDeviation }
    }

    package func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput {
        let input = classes == 0 ? images : joined(images, labels)
        return DiscriminatorOutput(scores: network.forward(input, mode))
    }

    package func backward(_ gradient: DiscriminatorOutput, wanted: WantedGradients) -> Tensor? {
        guard let input = network.backward(gradient.scores, wanted: wanted) else { return nil }
        return classes == 0 ? input : withoutLabels(input)
    }

    package func restartDropout(rate: Float, random: inout RandomSource) {
        for case let dropout as Dropout in network.layers { dropout.restart(rate: rate, seed: random.next()) }
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
    /// The perceptron of `gan` and `cgan`: pixels (+ classes) → 1024 → 512 → 256 → 1, LeakyReLU 0.2 and dropout
    /// after each hidden layer, Xavier initialisation.
    ///
    /// - Parameters:
    ///   - imageSize: elements of an image.
    ///   - dropout: the initial rate.
    ///   - comparesImages: whether the last layer also sees the deviation within the minibatch.
    package static func perceptron(
        imageSize: Int, classes: Int, dropout: Float, comparesImages: Bool = false,
        random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        var layers: [any Layer] = []
        var inputs = imageSize + classes
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
    ///   - image: of an image.
    ///   - isBatchNormalized: whether the convolutions after the first are.
    ///   - dropout: the initial rate after each convolution; 0 for none.
    ///   - comparesImages: whether the last layer also sees the deviation within the minibatch.
    package static func convolutional(
        image: Volume, isBatchNormalized: Bool = true, dropout: Float = 0, comparesImages: Bool = false,
        random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        let initialization = Initialization.normal(standardDeviation: 0.02)
        let trunk = ConvolutionTrunk(
            image: image, [32, 64, 128].map { .init(outputs: $0, kernel: 5, stride: 2) },
            isBatchNormalized: isBatchNormalized, dropout: dropout, initialization: initialization,
            random: &random,
            parallel: parallel)
        var (layers, features) = (trunk.layers, trunk.output)
        if comparesImages {
            layers.append(MinibatchDeviation(channels: features.channels))
            features.channels += 1
        }
        layers.append(
            Dense(
                name: "discriminator.3", inputs: features.count, outputs: 1,
                initialization: initialization, random: &random, parallel: parallel))
        return PlainDiscriminator(Sequential(layers))
    }
}
