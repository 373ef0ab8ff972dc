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
    /// Of generators that draw in a style; nil for others.
    var styles: StyleBatch?
}

/// The mean of sigmoid over scores.
func meanProbability(_ scores: Tensor) -> Float {
    var total: Float = 0
    for row in 0..<scores.count { total += sigmoid(scores.pointer[row]) }
    return total / Float(scores.count)
}
