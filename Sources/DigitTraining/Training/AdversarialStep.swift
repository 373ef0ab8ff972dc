import NeuralNetwork

/// The losses of a training step, averaged over the batch.
package struct StepReport: Sendable {
    /// Of G, against D and a guide. Terms of an auxiliary classifier and of styles are left out.
    package var generatorLoss: Float
    /// Of D, with its penalties; a guide's own loss and the same terms are left out.
    package var discriminatorLoss: Float
    /// D(x): the mean probability that D gives to real images being real. Scores of other losses than cross-entropy,
    /// which are no log-odds, are put through the same sigmoid: then only the difference of both figures says
    /// something.
    package var realProbability: Float
    /// D(G(z)): the same of generated images.
    package var generatedProbability: Float
}

extension StepReport {
    /// - Parameters:
    ///   - real: D's scores of the real images.
    ///   - generated: D's scores of the generated ones.
    init(generatorLoss: Float, discriminatorLoss: Float, real: Tensor, generated: Tensor) {
        self.init(
            generatorLoss: generatorLoss, discriminatorLoss: discriminatorLoss,
            realProbability: meanProbability(real), generatedProbability: meanProbability(generated))
    }
}

/// The two networks and their optimizers.
package struct AdversarialPair {
    let generator: GeneratorNetwork
    let discriminator: any Discriminator
    let generatorOptimizer: Adam
    let discriminatorOptimizer: Adam
    /// A second discriminator of the generated images; nil for none.
    var guide: ManifoldGuide?

    /// Takes a step of G against D as it is, and returns G's loss.
    ///
    /// - Parameters:
    ///   - generated: the images of G's last pass.
    ///   - loss: of D's scores of them.
    func updateGenerator(
        _ generated: Tensor, labels: [UInt8], learningRate: Float, loss: (_ scores: Tensor) -> LossValue
    ) -> Float {
        let loss = loss(discriminator.forward(generated, labels: labels, .training).scores)
        if let gradient = discriminator.backward(DiscriminatorOutput(scores: loss.gradient), wanted: .input) {
            generator.backward(gradient)
        }
        generatorOptimizer.step(learningRate: learningRate)
        return loss.value
    }
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
/// G's update uses the images that D was just updated on: so G runs forward once a step.
struct BinaryCrossEntropyStep: AdversarialStep {
    let form: BinaryCrossEntropy.GeneratorForm

    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport {
        let labels = batch.labels
        let generated = pair.generator.forward(latents, .training)
        let pass = accumulate(pair.discriminator, real: batch.images, generated: generated, labels: labels)
        pair.discriminatorOptimizer.step(learningRate: learningRate)
        let loss = pair.updateGenerator(generated, labels: labels, learningRate: learningRate) {
            BinaryCrossEntropy.generator($0, form: form)
        }
        return StepReport(
            generatorLoss: loss, discriminatorLoss: pass.loss, real: pass.real, generated: pass.generated)
    }

    /// The scores of D's pass over real and generated images, and the gradient of its loss with respect to the latter
    /// if it was wanted.
    struct DiscriminatorPass {
        let loss: Float
        let real: Tensor
        let generated: Tensor
        let imageGradient: Tensor?
    }

    /// Adds the gradients of D's loss.
    func accumulate(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        wanted: WantedGradients = .parameters
    ) -> DiscriminatorPass {
        discriminator.comparesImages
            ? accumulateApart(
                discriminator, real: real, generated: generated, labels: labels, wanted: wanted)
            : accumulateJoined(
                discriminator, real: real, generated: generated, labels: labels, wanted: wanted)
    }

    /// One pass over real and generated images together: larger products run faster.
    private func accumulateJoined(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        wanted: WantedGradients
    ) -> DiscriminatorPass {
        let images = Tensor.concatenated([real, generated])
        let scores = discriminator.forward(images, labels: labels + labels, .training).scores
        // Fewer than images where D judges several at once.
        let count = scores.batch / 2
        let (realScores, generatedScores) = (scores.rows(0..<count), scores.rows(count..<2 * count))
        let realLoss = BinaryCrossEntropy.real(realScores)
        let generatedLoss = BinaryCrossEntropy.generated(generatedScores)
        let gradient = Tensor.concatenated([realLoss.gradient, generatedLoss.gradient])
        let imageGradient = discriminator.backward(DiscriminatorOutput(scores: gradient), wanted: wanted)
        return DiscriminatorPass(
            loss: realLoss.value + generatedLoss.value, real: realScores, generated: generatedScores,
            imageGradient: imageGradient?.rows(real.batch..<2 * real.batch))
    }

    /// A pass over each, so that what D computes over a batch does not mix them.
    private func accumulateApart(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        wanted: WantedGradients
    ) -> DiscriminatorPass {
        func accumulate(_ images: Tensor, wanted: WantedGradients, _ loss: (Tensor) -> LossValue) -> (
            loss: Float, scores: Tensor, imageGradient: Tensor?
        ) {
            let scores = discriminator.forward(images, labels: labels, .training).scores
            let value = loss(scores)
            let gradient = discriminator.backward(
                DiscriminatorOutput(scores: value.gradient), wanted: wanted)
            return (value.value, scores, gradient)
        }
        let realPass = accumulate(real, wanted: .parameters, BinaryCrossEntropy.real)
        let generatedPass = accumulate(generated, wanted: wanted, BinaryCrossEntropy.generated)
        return DiscriminatorPass(
            loss: realPass.loss + generatedPass.loss, real: realPass.scores, generated: generatedPass.scores,
            imageGradient: generatedPass.imageGradient)
    }
}
