import DigitModel
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Discriminator of packs")
struct PackedDiscriminatorTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    /// Of packs of two images of 2 × 1 pixels and 3 channels.
    private var discriminator: PackedDiscriminator {
        var random = RandomSource(seed: seed)
        return PackedDiscriminator(
            smoothDiscriminator(inputs: 12, random: &random), count: 2, channels: 3)
    }

    @Test("two neighbours get one score, of their channels beside each other in each pixel")
    func channels() {
        var random = RandomSource(seed: seed)
        let inner = smoothDiscriminator(inputs: 12, random: &random)
        let images = Tensor((0..<24).map { Float($0) / 24 }, shape: [4, 6])
        let pack: [Float] = [0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11]
        let packs = Tensor((pack + pack.map { $0 + 12 }).map { $0 / 24 }, shape: [2, 12])
        let labels = [UInt8](repeating: 0, count: 4)
        let scores = PackedDiscriminator(inner, count: 2, channels: 3)
            .forward(images, labels: labels, .inference).scores
        #expect(scores.shape == [2, 1])
        #expect(
            scores.elements == inner.forward(packs, labels: [0, 0], .inference).scores.elements)
    }

    @Test("gradients of images and weights agree with central differences")
    func gradients() {
        checkGradients(
            of: DiscriminatorLayer(discriminator), input: randomTensor([6, 6], seed: seed + 1), seed: seed)
    }

    @Test("a pack of images has their channels")
    func volume() {
        let image = Volume(height: 28, width: 28, channels: 3)
        #expect(
            PackedDiscriminator.volume(of: image, count: 2) == Volume(height: 28, width: 28, channels: 6))
    }
}

/// A discriminator whose scores have derivatives of all orders.
func smoothDiscriminator(inputs: Int, random: inout RandomSource) -> PlainDiscriminator {
    let parallel = Parallel(threads: 1)
    func dense(_ name: String, _ inputs: Int, _ outputs: Int) -> Dense {
        Dense(
            name: name, inputs: inputs, outputs: outputs, initialization: .heNormal, random: &random,
            parallel: parallel)
    }
    return PlainDiscriminator(
        Sequential([
            dense("0", inputs, 8), Tanh(parallel: parallel), dense("1", 8, 8), Tanh(parallel: parallel),
            dense("2", 8, 1),
        ]))
}

/// A discriminator as a layer, for `checkGradients`.
private final class DiscriminatorLayer: Layer {
    private let discriminator: any Discriminator

    init(_ discriminator: any Discriminator) {
        self.discriminator = discriminator
    }

    var parameters: [Parameter] { discriminator.parameters }

    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        discriminator.forward(input, labels: [UInt8](repeating: 0, count: input.batch), mode).scores
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        discriminator.backward(DiscriminatorOutput(scores: outputGradient), wanted: wanted)
    }
}
