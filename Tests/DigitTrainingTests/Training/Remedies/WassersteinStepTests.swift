import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Wasserstein step")
struct WassersteinStepTests {
    private let seed = UInt64.random(in: 0..<1_000_000)
    private let labels = [UInt8](repeating: 0, count: 5)

    /// D's loss with the penalty on the length of the gradient itself, as the paper writes it.
    private func exactLoss(
        _ discriminator: PlainDiscriminator, real: Tensor, generated: Tensor, weights: [Float],
        strength: Float
    ) -> Double {
        func scores(_ images: Tensor) -> [Float] {
            discriminator.forward(images, labels: labels, .training).scores.elements
        }
        let distance = zip(scores(generated), scores(real)).reduce(0.0) { $0 + Double($1.0 - $1.1) } / 5
        let middle = Tensor(
            (0..<real.count).map { index in
                let weight = weights[index / real.rowSize]
                return weight * real.pointer[index] + (1 - weight) * generated.pointer[index]
            }, shape: real.shape)
        _ = scores(middle)
        let ones = Tensor(repeating: 1, shape: [5, 1])
        guard let slopes = discriminator.backward(DiscriminatorOutput(scores: ones), wanted: .input) else {
            return .nan
        }
        let penalty = (0..<5).reduce(0.0) { sum, row in
            let length = slopes.rows(row..<row + 1).elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return sum + Double((length - 1) * (length - 1))
        }
        return distance + Double(strength) * penalty / 5
    }

    @Test("D's gradients agree with central differences of the loss with the exact length of the gradient")
    func gradients() {
        var random = RandomSource(seed: seed)
        let discriminator = smoothDiscriminator(inputs: 6, random: &random)
        let (real, generated) = (randomTensor([5, 6], seed: seed + 1), randomTensor([5, 6], seed: seed + 2))
        let weights: [Float] = [0.1, 0.3, 0.5, 0.7, 0.9]
        var settings = WassersteinSettings()
        // A difference of scores misses the length by its step squared: with 0.02 one seed in ten is beyond 0.01.
        (settings.penaltyStrength, settings.penaltyStep) = (3, 0.005)
        let pass = WassersteinStep(settings).accumulate(
            discriminator, real: real, generated: generated, labels: labels, weights: weights)
        func loss() -> Double {
            exactLoss(discriminator, real: real, generated: generated, weights: weights, strength: 3)
        }
        #expect(abs(Double(pass.loss) - loss()) < 1e-2, "seed \(seed)")
        for parameter in discriminator.parameters {
            let largest = parameter.gradient.elements.map(abs).max() ?? 0
            for index in stride(from: 0, to: parameter.value.count, by: 7) {
                let original = parameter.value.pointer[index]
                parameter.value.pointer[index] = original + 5e-3
                let above = loss()
                parameter.value.pointer[index] = original - 5e-3
                let expected = Float((above - loss()) / 1e-2)
                parameter.value.pointer[index] = original
                let found = parameter.gradient.pointer[index]
                #expect(
                    abs(expected - found) <= 0.03 * abs(expected) + 0.02 * largest + 2e-3,
                    "\(parameter.name)[\(index)]: \(found), differences \(expected), seed \(seed)")
            }
        }
    }
}
