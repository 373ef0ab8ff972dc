import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Unrolled step")
struct UnrolledStepTests {
    private let seed = UInt64.random(in: 0..<1_000_000)
    private let labels = [UInt8](repeating: 0, count: 4)

    /// Large ones, so that most of the gradient comes through the steps ahead.
    private func sizes(_ discriminator: PlainDiscriminator) -> [Tensor] {
        discriminator.parameters.enumerated().map { index, parameter in
            Tensor(repeating: 0.2 + 0.1 * Float(index), shape: parameter.value.shape)
        }
    }

    @Test("G's gradient agrees with central differences of its loss before the unrolled D")
    func gradient() {
        var random = RandomSource(seed: seed)
        let discriminator = smoothDiscriminator(inputs: 3, random: &random)
        let (real, generated) = (randomTensor([4, 3], seed: seed + 1), randomTensor([4, 3], seed: seed + 2))
        let (step, sizes) = (UnrolledStep(form: .nonSaturating), sizes(discriminator))
        func loss() -> LossValue {
            step.generatorLoss(
                discriminator, sizes: sizes, real: real, generated: generated, labels: labels)
        }
        let gradient = loss().gradient.elements
        let fixed = fixedGradient(discriminator, sizes: sizes, real: real, generated: generated)
        let largest = gradient.map(abs).max() ?? 0
        for index in 0..<generated.count {
            let original = generated.pointer[index]
            generated.pointer[index] = original + 5e-3
            let above = loss().value
            generated.pointer[index] = original - 5e-3
            let expected = (above - loss().value) / 1e-2
            generated.pointer[index] = original
            #expect(
                abs(expected - gradient[index]) <= 0.03 * abs(expected) + 0.03 * largest,
                "\(index): \(gradient[index]), differences \(expected), seed \(seed)")
        }
        // What is left out if the steps ahead count as fixed.
        let difference = zip(gradient, fixed).map { abs($0 - $1) }.max() ?? 0
        #expect(difference > 0.1 * largest, "seed \(seed)")
    }

    @Test("D is left as it was, without gradients")
    func restores() {
        var random = RandomSource(seed: seed)
        let discriminator = smoothDiscriminator(inputs: 3, random: &random)
        let before = discriminator.parameters.map(\.value.elements)
        _ = UnrolledStep(form: .nonSaturating).generatorLoss(
            discriminator, sizes: sizes(discriminator), real: randomTensor([4, 3], seed: seed + 1),
            generated: randomTensor([4, 3], seed: seed + 2), labels: labels)
        #expect(discriminator.parameters.map(\.value.elements) == before)
        #expect(discriminator.parameters.allSatisfy { $0.gradient.elements.allSatisfy { $0 == 0 } })
    }

    /// G's gradient before the D after all steps, as if these did not depend on the images.
    private func fixedGradient(
        _ discriminator: PlainDiscriminator, sizes: [Tensor], real: Tensor, generated: Tensor
    ) -> [Float] {
        let saved = discriminator.parameters.map(\.value.elements)
        for _ in 0..<UnrolledStep.depth {
            _ = BinaryCrossEntropyStep(form: .nonSaturating).accumulate(
                discriminator, real: real, generated: generated, labels: labels)
            for (parameter, size) in zip(discriminator.parameters, sizes) {
                for index in 0..<parameter.value.count {
                    parameter.value.pointer[index] -= size.pointer[index] * parameter.gradient.pointer[index]
                    parameter.gradient.pointer[index] = 0
                }
            }
        }
        let scores = discriminator.forward(generated, labels: labels, .training).scores
        let loss = BinaryCrossEntropy.generator(scores, form: .nonSaturating)
        let gradient = discriminator.backward(DiscriminatorOutput(scores: loss.gradient), wanted: .input)
        for (parameter, values) in zip(discriminator.parameters, saved) {
            for index in values.indices { parameter.value.pointer[index] = values[index] }
        }
        return gradient?.elements ?? []
    }
}
