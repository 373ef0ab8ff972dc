import DigitModel
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Manifold guidance")
struct ManifoldGuideTests {
    private let images: LabelledImages
    private let count = 200
    private let parallel = Parallel(threads: 2)

    init() {
        let tiny = TinyData(count: count, seed: 3)
        images = LabelledImages(images: tiny.images, labels: tiny.labels)
    }

    private func learntEncoder() -> ManifoldEncoder {
        var random = RandomSource(seed: 2)
        let encoder = ManifoldEncoder(
            image: ModelName.gan.architecture.outputVolume, random: &random, parallel: parallel)
        #expect(encoder.learn(from: images, random: &random, shouldContinue: { true }))
        return encoder
    }

    @Test("coordinates of the data have mean 0 and deviation 1")
    func standardized() {
        let coordinates = learntEncoder().forward(images.batch(Array(0..<count)[...]), .inference)
        #expect(coordinates.shape == [count, 32])
        for unit in 0..<32 {
            let values = (0..<count).map { coordinates.pointer[$0 * 32 + unit] }
            let mean = values.reduce(0, +) / Float(count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(count)
            #expect(abs(mean) < 1e-3 && abs(variance - 1) < 1e-2, "unit \(unit): \(mean), \(variance)")
        }
    }

    @Test("the same seed learns the same encoder")
    func reproducible() {
        let (first, second) = (learntEncoder(), learntEncoder())
        #expect(first.parameters.map(\.value.elements) == second.parameters.map(\.value.elements))
    }

    @Test("learning ends when it is told to")
    func stops() {
        var random = RandomSource(seed: 2)
        let encoder = ManifoldEncoder(
            image: ModelName.gan.architecture.outputVolume, random: &random, parallel: parallel)
        #expect(!encoder.learn(from: images, random: &random, shouldContinue: { false }))
    }

    private var guide: ManifoldGuide {
        ManifoldGuide(
            image: ModelName.gan.architecture.outputVolume, settings: Adam.Settings(beta1: 0, beta2: 0.99),
            penalty: FiniteDifferencePenalty(strength: 0.5, step: 0.1), seed: 4, parallel: parallel)
    }

    @Test("the critic's gradients agree with central differences of its loss, penalties included")
    func criticGradient() {
        let guide = guide
        let (coordinates, displaced) = (randomTensor([8, 32], seed: 7), randomTensor([8, 32], seed: 8))
        guide.accumulate(coordinates, displaced: displaced)
        let gradients = guide.parameters.map(\.gradient.elements)
        for (parameter, gradient) in zip(guide.parameters, gradients) where parameter.name.contains("critic")
        {
            let largest = gradient.map(abs).max() ?? 0
            for index in stride(from: 0, to: gradient.count, by: gradient.count / 8 + 1) {
                let (original, step) = (parameter.value.pointer[index], Float(1e-3))
                parameter.value.pointer[index] = original + step
                let above = guide.accumulate(coordinates, displaced: displaced)
                parameter.value.pointer[index] = original - step
                let expected = (above - guide.accumulate(coordinates, displaced: displaced)) / (2 * step)
                parameter.value.pointer[index] = original
                #expect(
                    abs(expected - gradient[index]) < 0.03 * abs(expected) + 0.03 * largest + 5e-3,
                    "\(parameter.name)[\(index)]")
            }
        }
    }

    @Test("the gradient that G gets agrees with differences, and leaves the encoder as it is")
    func gradient() {
        let guide = guide
        let (real, generated) = (randomTensor([3, 784], seed: 6), randomTensor([3, 784], seed: 5))
        let before = guide.parameters.map(\.value.elements)
        let gradient = guide.generatorLoss(real: real, generated: generated).gradient.elements
        let largest = gradient.map(abs).max() ?? 0
        for index in stride(from: 0, to: generated.count, by: 191) {
            // Short, so that of a thousand rectifiers none passes its kink on the way.
            let (original, step) = (generated.pointer[index], Float(1e-3))
            generated.pointer[index] = original + step
            let above = guide.generatorLoss(real: real, generated: generated).value
            generated.pointer[index] = original - step
            let below = guide.generatorLoss(real: real, generated: generated).value
            generated.pointer[index] = original
            let expected = (above - below) / (2 * step)
            #expect(abs(expected - gradient[index]) < 0.02 * abs(expected) + 0.02 * largest)
        }
        #expect(guide.parameters.map(\.value.elements) == before)
        #expect(guide.parameters.allSatisfy { $0.gradient.elements.allSatisfy { $0 == 0 } })
    }

    @Test("the critic learns to tell images of two kinds apart")
    func criticLearns() {
        let guide = guide
        let real = images.batch(Array(0..<32)[...])
        let generated = randomTensor([32, 784], seed: 6)
        let before = guide.generatorLoss(real: real, generated: generated).value
        var random = RandomSource(seed: 9)
        for _ in 0..<20 {
            guide.updateCritic(real: real, generated: generated, learningRate: 1e-3, random: &random)
        }
        #expect(guide.generatorLoss(real: real, generated: generated).value > before + 0.5)
    }

    @Test("only models that are not told a digit are guided")
    func suits() {
        #expect(
            Guidance.names(for: .gan)
                == "none, manifold, minibatch-deviation, packing, unrolling, wasserstein")
        #expect(Guidance.names(for: .cdcgan) == "none")
    }
}
