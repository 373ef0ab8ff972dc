import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite("Gradients of losses agree with central differences")
struct LossGradientTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("binary cross-entropy of real and generated images")
    func binaryCrossEntropy() {
        check { BinaryCrossEntropy.real($0) }
        check { BinaryCrossEntropy.generated($0) }
    }

    @Test("both forms of the generator's loss", arguments: BinaryCrossEntropy.GeneratorForm.allCases)
    func generatorForms(form: BinaryCrossEntropy.GeneratorForm) {
        check { BinaryCrossEntropy.generator($0, form: form) }
    }

    @Test("relativistic pairing, for D in both scores and for G")
    func relativisticPairing() {
        let other = randomTensor([6, 1], seed: seed + 1)
        check { RelativisticPairing.discriminator(real: $0, generated: other).real }
        check { RelativisticPairing.discriminator(real: other, generated: $0).generated }
        check { RelativisticPairing.generator(real: other, generated: $0) }
    }

    @Test("finite-difference penalty, in the displaced scores and, negated, in the others")
    func penalty() {
        let penalty = FiniteDifferencePenalty(strength: 0.7, step: 0.5)
        let other = randomTensor([6, 1], seed: seed + 1)
        check { penalty(scores: other, displaced: $0) }
        check { scores in
            let loss = penalty(scores: scores, displaced: other)
            return LossValue(
                value: loss.value, gradient: Tensor(loss.gradient.elements.map { -$0 }, shape: [6, 1]))
        }
    }

    @Test("Wasserstein losses, and the penalty on slopes in the scores ahead and, negated, behind")
    func wasserstein() {
        check { Wasserstein.real($0) }
        check { Wasserstein.generated($0) }
        check { Wasserstein.generator($0) }
        let penalty = GradientPenalty(strength: 0.7, step: 0.4)
        let other = randomTensor([6, 1], seed: seed + 1)
        check { penalty(ahead: $0, behind: other) }
        check { scores in
            let loss = penalty(ahead: other, behind: scores)
            return LossValue(
                value: loss.value, gradient: Tensor(loss.gradient.elements.map { -$0 }, shape: [6, 1]))
        }
    }

    @Test("softmax cross-entropy")
    func softmax() {
        check(shape: [4, 3]) { SoftmaxCrossEntropy.loss($0, labels: [0, 2, 1, 2]) }
    }

    @Test("mean squared error")
    func meanSquaredError() {
        let target = randomTensor([4, 3], seed: seed + 1)
        check(shape: [4, 3]) { MeanSquaredError.loss($0, target: target) }
    }

    @Test("losses stay finite for logits far from zero")
    func extremes() {
        let logits = Tensor([-1000, 1000], shape: [2, 1])
        for loss in [
            BinaryCrossEntropy.real(logits), BinaryCrossEntropy.generated(logits),
            BinaryCrossEntropy.generator(logits, form: .minimax),
            SoftmaxCrossEntropy.loss(
                Tensor([-1000, 1000], shape: [1, 2]), labels: [0]),
        ] {
            #expect(loss.value.isFinite)
            #expect(loss.gradient.elements.allSatisfy { $0.isFinite })
        }
    }

    private func check(
        shape: [Int] = [6, 1], sourceLocation: SourceLocation = #_sourceLocation,
        _ loss: (Tensor) -> LossValue
    ) {
        let logits = randomTensor(shape, seed: seed)
        let gradient = loss(logits).gradient.elements
        let step: Float = 1e-2
        for index in 0..<logits.count {
            let original = logits.pointer[index]
            logits.pointer[index] = original + step
            let above = loss(logits).value
            logits.pointer[index] = original - step
            let below = loss(logits).value
            logits.pointer[index] = original
            let expected = (above - below) / (2 * step)
            #expect(
                abs(expected - gradient[index]) <= 2e-3 + 0.01 * abs(expected), "seed \(seed)",
                sourceLocation: sourceLocation)
        }
    }
}
