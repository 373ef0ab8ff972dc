import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Plain discriminator")
struct PlainDiscriminatorTests {
    private let seed = UInt64.random(in: 0..<1_000_000)
    private let labels: [UInt8] = [2, 0, 1, 2, 0]

    /// Layers for six pixels and three classes.
    private func network() -> Sequential {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 1)
        return Sequential([
            Dense(
                name: "0", inputs: 9, outputs: 4, initialization: .heNormal, random: &random,
                parallel: parallel),
            Tanh(parallel: parallel),
            Dense(
                name: "1", inputs: 4, outputs: 1, initialization: .heNormal, random: &random,
                parallel: parallel),
        ])
    }

    @Test("the gradients of weights and images under labels agree with central differences")
    func gradients() {
        checkGradients(
            of: Labelled(PlainDiscriminator(network(), classes: 3), labels: labels),
            input: randomTensor([5, 6], seed: seed + 1), seed: seed)
    }

    @Test("a label is one more input for each class, after the pixels: 1 for its own, 0 for the others")
    func oneHot() {
        let (network, images) = (network(), randomTensor([5, 6], seed: seed + 1))
        var inputs: [Float] = []
        for (row, label) in labels.enumerated() {
            inputs += images.rows(row..<row + 1).elements
            inputs += (0..<3).map { Float($0 == Int(label) ? 1 : 0) }
        }
        let expected = network.forward(Tensor(inputs, shape: [5, 9]), .inference).elements
        let discriminator = PlainDiscriminator(network, classes: 3)
        #expect(
            discriminator.forward(images, labels: labels, .inference).scores.elements == expected,
            "seed \(seed)")
    }

    /// A discriminator as a layer, under labels fixed beforehand.
    private final class Labelled: Layer {
        private let discriminator: PlainDiscriminator
        private let labels: [UInt8]

        init(_ discriminator: PlainDiscriminator, labels: [UInt8]) {
            self.discriminator = discriminator
            self.labels = labels
        }

        var parameters: [Parameter] { discriminator.parameters }

        func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
            discriminator.forward(input, labels: labels, mode).scores
        }

        func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
            discriminator.backward(DiscriminatorOutput(scores: outputGradient), wanted: wanted)
        }
    }
}
