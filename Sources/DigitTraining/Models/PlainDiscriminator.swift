import NeuralNetwork

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
