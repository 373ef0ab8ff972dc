import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Relativistic step")
struct RelativisticStepTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("G's gradient agrees with central differences where D looks at each image for itself")
    func apart() {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 2)
        check(
            PlainDiscriminator(
                Sequential([
                    Dense(
                        name: "0", inputs: 6, outputs: 4, initialization: .heNormal, random: &random,
                        parallel: parallel),
                    Tanh(parallel: parallel),
                    Dense(
                        name: "1", inputs: 4, outputs: 1, initialization: .heNormal, random: &random,
                        parallel: parallel),
                ])))
    }

    @Test("G's gradient agrees with central differences where D normalizes over real and generated images")
    func joined() {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 2)
        let discriminator = PlainDiscriminator(
            Sequential([
                Dense(
                    name: "0", inputs: 6, outputs: 4, hasBias: false, initialization: .heNormal,
                    random: &random, parallel: parallel),
                BatchNormalization(name: "1", channels: 4, parallel: parallel), Tanh(parallel: parallel),
                Dense(
                    name: "2", inputs: 4, outputs: 1, initialization: .heNormal, random: &random,
                    parallel: parallel),
            ]))
        #expect(discriminator.comparesImages)
        check(discriminator)
    }

    private func check(_ discriminator: PlainDiscriminator) {
        let loss = GeneratorLoss(discriminator: discriminator, real: randomTensor([5, 6], seed: seed + 1))
        checkGradients(of: loss, input: randomTensor([5, 6], seed: seed + 2), seed: seed)
    }
}

/// G's loss as a layer: generated images to one number. Real images keep the scores that they first got.
private final class GeneratorLoss: Layer {
    private let discriminator: PlainDiscriminator
    private let real: Tensor
    private let labels: [UInt8]
    private var realScores: Tensor?
    private var generated: Tensor?

    init(discriminator: PlainDiscriminator, real: Tensor) {
        self.discriminator = discriminator
        self.real = real
        labels = [UInt8](repeating: 0, count: real.batch)
    }

    var parameters: [Parameter] { [] }

    func forward(_ generated: Tensor, _ mode: ForwardMode) -> Tensor {
        let count = generated.batch
        let images = Tensor.concatenated([real, generated])
        let scores = discriminator.forward(images, labels: labels + labels, .training).scores
        let fixed = realScores ?? scores.rows(0..<count)
        (realScores, self.generated) = (fixed, generated)
        let loss = RelativisticPairing.generator(real: fixed, generated: scores.rows(count..<2 * count))
        return Tensor([loss.value], shape: [1, 1])
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let generated else { return nil }
        let gradient = RelativisticStep(.forPlainDiscriminator).judge(
            discriminator, real: real, generated: generated, labels: labels
        ).imageGradient
        return gradient.map { gradient in
            Tensor(gradient.elements.map { $0 * outputGradient.pointer[0] }, shape: gradient.shape)
        }
    }
}
