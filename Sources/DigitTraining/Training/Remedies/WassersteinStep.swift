import NeuralNetwork

/// Settings of the Wasserstein objective.
package struct WassersteinSettings: Sendable, Equatable {
    /// λ of the penalty on D's slopes.
    package var penaltyStrength: Float = 10
    /// Half the finite step by which slopes are measured: small against the distances between images.
    package var penaltyStep: Float = 0.1

    package init() {}
}

/// One step of a Wasserstein GAN with gradient penalty (Gulrajani et al. 2017): D's mean score is to differ as much as
/// it can between real and generated images while its slope, on the lines between them, is 1.
///
/// The slopes are measured along D's own gradient, by finite differences: see `GradientPenalty`. D takes one step for
/// each of G's, like the other objectives (the paper's takes five), and must look at each image for itself.
struct WassersteinStep: AdversarialStep {
    private let penalty: GradientPenalty

    init(_ settings: WassersteinSettings) {
        penalty = GradientPenalty(strength: settings.penaltyStrength, step: settings.penaltyStep)
    }

    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport {
        let labels = batch.labels
        let generated = pair.generator.forward(latents, .training)
        let weights = labels.map { _ in random.uniform() }
        let pass = accumulate(
            pair.discriminator, real: batch.images, generated: generated, labels: labels, weights: weights)
        pair.discriminatorOptimizer.step(learningRate: learningRate)
        let loss = pair.updateGenerator(
            generated, labels: labels, learningRate: learningRate, loss: Wasserstein.generator)
        return StepReport(
            generatorLoss: loss, discriminatorLoss: pass.loss, real: pass.real, generated: pass.generated)
    }

    /// Adds the gradients of D's loss, and returns it with the scores.
    ///
    /// - Parameter weights: of the real image of each pair in the point between them where the slope is measured.
    func accumulate(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        weights: [Float]
    ) -> (loss: Float, real: Tensor, generated: Tensor) {
        let count = labels.count
        let middle = mixed(real, generated, weights)
        let direction = ascent(discriminator, at: middle, labels: labels)
        let images = Tensor.concatenated([
            real, generated, middle.adding(direction, times: penalty.step),
            middle.adding(direction, times: -penalty.step),
        ])
        let output = discriminator.forward(images, labels: labels + labels + labels + labels, .training)
        let scores = (0..<4).map { output.scores.rows($0 * count..<($0 + 1) * count) }
        let losses = [
            Wasserstein.real(scores[0]), Wasserstein.generated(scores[1]),
            penalty(ahead: scores[2], behind: scores[3]),
        ]
        let negative = Tensor(losses[2].gradient.elements.map { -$0 }, shape: [count, 1])
        let gradient = Tensor.concatenated(losses.map(\.gradient) + [negative])
        _ = discriminator.backward(DiscriminatorOutput(scores: gradient), wanted: .parameters)
        return (losses.reduce(0) { $0 + $1.value }, scores[0], scores[1])
    }

    /// w·x + (1 − w)·G(z), pair by pair.
    private func mixed(_ real: Tensor, _ generated: Tensor, _ weights: [Float]) -> Tensor {
        let result = Tensor(uninitialized: real.shape)
        let size = real.rowSize
        for index in 0..<result.count {
            let weight = weights[index / size]
            result.pointer[index] =
                weight * real.pointer[index] + (1 - weight) * generated.pointer[index]
        }
        return result
    }

    /// ∇D / ‖∇D‖ at each image; 0 where D is flat.
    private func ascent(_ discriminator: any Discriminator, at images: Tensor, labels: [UInt8]) -> Tensor {
        let scores = discriminator.forward(images, labels: labels, .training).scores
        let ones = Tensor(repeating: 1, shape: scores.shape)
        guard let gradient = discriminator.backward(DiscriminatorOutput(scores: ones), wanted: .input) else {
            preconditionFailure("the gradient of the input was asked for")
        }
        let size = gradient.rowSize
        for row in 0..<gradient.batch {
            let line = gradient.pointer + row * size
            var square: Float = 0
            for index in 0..<size { square += line[index] * line[index] }
            guard square > 0 else { continue }
            let factor = 1 / square.squareRoot()
            for index in 0..<size { line[index] *= factor }
        }
        return gradient
    }
}
