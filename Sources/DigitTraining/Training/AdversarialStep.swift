import NeuralNetwork

/// The losses of a training step, averaged over the batch.
package struct StepReport: Sendable {
    package var generatorLoss: Float
    package var discriminatorLoss: Float
    /// D(x): the mean probability that D gives to real images being real.
    package var realProbability: Float
    /// D(G(z)): the same of generated images.
    package var generatedProbability: Float
}

/// The two networks and their optimizers.
package struct AdversarialPair {
    let generator: GeneratorNetwork
    let discriminator: any Discriminator
    let generatorOptimizer: Adam
    let discriminatorOptimizer: Adam
    /// A second discriminator of the generated images; nil for none.
    var guide: ManifoldGuide?
}

/// One update of D and one of G.
protocol AdversarialStep {
    /// - Parameter latents: N inputs of G, made for the batch's labels and styles.
    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport
}

/// The real images of a step, and what the generated ones are made under, too.
struct RealBatch {
    /// [N, an image's elements], in −1…1.
    let images: Tensor
    let labels: [UInt8]
    /// The styles for generators that draw in one; nil for others.
    var styles: StyleBatch?
}

/// The mean of sigmoid over scores.
func meanProbability(_ scores: Tensor) -> Float {
    var total: Float = 0
    for row in 0..<scores.count { total += sigmoid(scores.pointer[row]) }
    return total / Float(scores.count)
}

/// One step of equation (1) of Qin and Shan 2021: D ascends log D(x) + log(1 − D(G(z))), then G descends its
/// part in either form. With a discriminator that looks at labels it is equation (2).
///
/// G's update uses the images that D was just updated on: so G runs forward once a step. A guide, if there is one,
/// is updated on them as D is, and G descends its part of both.
struct BinaryCrossEntropyStep: AdversarialStep {
    let form: BinaryCrossEntropy.GeneratorForm

    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport {
        let (real, labels) = (batch.images, batch.labels)
        let (generator, discriminator) = (pair.generator, pair.discriminator)
        let generated = generator.forward(latents, .training)

        let (discriminatorLoss, realScores, generatedScores) =
            discriminator.comparesImages
            ? accumulateApart(discriminator, real: real, generated: generated, labels: labels)
            : accumulateJoined(discriminator, real: real, generated: generated, labels: labels)
        pair.discriminatorOptimizer.step(learningRate: learningRate)
        pair.guide?.updateCritic(real: real, generated: generated, learningRate: learningRate)

        let scores = discriminator.forward(generated, labels: labels, .training).scores
        let loss = BinaryCrossEntropy.generator(scores, form: form)
        let guidance = pair.guide?.generatorLoss(generated, form: form)
        if let gradient = discriminator.backward(DiscriminatorOutput(scores: loss.gradient), wanted: .input) {
            if let addition = guidance?.gradient { gradient.add(addition) }
            generator.backward(gradient)
        }
        pair.generatorOptimizer.step(learningRate: learningRate)

        return StepReport(
            generatorLoss: loss.value + (guidance?.value ?? 0), discriminatorLoss: discriminatorLoss,
            realProbability: meanProbability(realScores),
            generatedProbability: meanProbability(generatedScores))
    }

    private typealias DiscriminatorPass = (loss: Float, real: Tensor, generated: Tensor)

    /// One pass over real and generated images together: larger products run faster.
    private func accumulateJoined(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8]
    ) -> DiscriminatorPass {
        let images = Tensor.concatenated([real, generated])
        let scores = discriminator.forward(images, labels: labels + labels, .training).scores
        let realScores = scores.rows(0..<labels.count)
        let generatedScores = scores.rows(labels.count..<2 * labels.count)
        let realLoss = BinaryCrossEntropy.real(realScores)
        let generatedLoss = BinaryCrossEntropy.generated(generatedScores)
        let gradient = Tensor.concatenated([realLoss.gradient, generatedLoss.gradient])
        _ = discriminator.backward(DiscriminatorOutput(scores: gradient), wanted: .parameters)
        return (realLoss.value + generatedLoss.value, realScores, generatedScores)
    }

    /// A pass over each, so that what D computes over a batch does not mix them.
    private func accumulateApart(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8]
    ) -> DiscriminatorPass {
        func accumulate(_ images: Tensor, _ loss: (Tensor) -> LossValue) -> (loss: Float, scores: Tensor) {
            let scores = discriminator.forward(images, labels: labels, .training).scores
            let value = loss(scores)
            _ = discriminator.backward(DiscriminatorOutput(scores: value.gradient), wanted: .parameters)
            return (value.value, scores)
        }
        let realPass = accumulate(real, BinaryCrossEntropy.real)
        let generatedPass = accumulate(generated, BinaryCrossEntropy.generated)
        return (realPass.loss + generatedPass.loss, realPass.scores, generatedPass.scores)
    }
}
