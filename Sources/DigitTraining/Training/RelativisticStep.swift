import NeuralNetwork

/// One step of the relativistic pairing objective with R1 and R2 by finite differences, and the cross-entropy
/// of an auxiliary classifier in both networks' losses.
///
/// A guide, if there is one, is updated on the same images as D, and G descends its part of both.
///
/// With a style, both networks' losses have the squared error of D's regression on the style's measures. With ink, D
/// sees images through `HighLevelView`.
struct RelativisticStep: AdversarialStep {
    private let settings: RelativisticSettings
    private let penalty: FiniteDifferencePenalty
    private let view: HighLevelView?

    init(_ settings: RelativisticSettings) {
        self.settings = settings
        view = settings.ink.map { HighLevelView(weight: $0.highLevelWeight) }
        penalty = FiniteDifferencePenalty(strength: settings.penaltyStrength, step: settings.penaltyStep)
    }

    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport {
        let (generator, discriminator) = (pair.generator, pair.discriminator)
        let images = generator.forward(latents, .training)
        // Soft pictures have no highest levels of preprocessing: their pairs are compared without them.
        let finished = generator.finishedCount(of: images.batch)
        let generated = view?(images, enlarged: finished) ?? images
        var seen = batch
        if let view {
            seen = RealBatch(
                images: view(batch.images, enlarged: finished), labels: batch.labels, styles: batch.styles)
        }
        let report = accumulate(discriminator, seen, generated: generated, random: &random)
        pair.discriminatorOptimizer.step(learningRate: learningRate)
        pair.guide?.updateCritic(
            real: batch.images, generated: images, learningRate: learningRate, random: &random)

        let (generatorLoss, gradient) = judge(
            discriminator, real: seen.images, generated: generated, labels: seen.labels, styles: seen.styles)
        let guidance = pair.guide?.generatorLoss(real: batch.images, generated: images)
        if let gradient {
            if let guidance { gradient.add(guidance.gradient) }
            generator.backward(view?.backward(gradient, images: images, enlarged: finished) ?? gradient)
        }
        pair.generatorOptimizer.step(learningRate: learningRate)
        return StepReport(
            generatorLoss: generatorLoss + (guidance?.value ?? 0), discriminatorLoss: report.loss,
            realProbability: report.real,
            generatedProbability: report.generated)
    }

    typealias GeneratorPass = (loss: Float, imageGradient: Tensor?)

    /// G's pairing loss, and the gradient of G's whole loss with respect to the generated images.
    func judge(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        styles: StyleBatch? = nil
    ) -> GeneratorPass {
        discriminator.comparesImages
            ? judgeJoined(discriminator, real: real, generated: generated, labels: labels)
            : judgeApart(discriminator, real: real, generated: generated, labels: labels, styles: styles)
    }

    /// Real images pass without a gradient: half the work.
    private func judgeApart(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8],
        styles: StyleBatch?
    ) -> GeneratorPass {
        let coordinates = styles?.coordinates
        let realScores = discriminator.forward(real, labels: labels, styles: coordinates, .inference).scores
        let output = discriminator.forward(generated, labels: labels, styles: coordinates, .training)
        let loss = RelativisticPairing.generator(real: realScores, generated: output.scores)
        let gradient = DiscriminatorOutput(
            scores: loss.gradient,
            classLogits: classGradient(
                output.classLogits, labels: labels, weight: settings.generatedClassWeight, rows: labels.count),
            styles: styleGradient(
                output.styles, styles, weight: settings.style?.generatedWeight, rows: labels.count))
        return (loss.value, discriminator.backward(gradient, wanted: .input))
    }

    /// For a D whose scores depend on the batch: what is compared has to be of one batch, as it is when D learns. Such
    /// a D has no classifier.
    ///
    /// The real images' scores count as fixed. Generated images do move them, by the batch's statistics, but to gain
    /// that way is no reason to draw better.
    private func judgeJoined(
        _ discriminator: any Discriminator, real: Tensor, generated: Tensor, labels: [UInt8]
    ) -> GeneratorPass {
        let count = labels.count
        let images = Tensor.concatenated([real, generated])
        let scores = discriminator.forward(images, labels: labels + labels, .training).scores
        let loss = RelativisticPairing.generator(
            real: scores.rows(0..<count), generated: scores.rows(count..<2 * count))
        let gradient = Tensor.concatenated([Tensor(repeating: 0, shape: [count, 1]), loss.gradient])
        let imageGradient = discriminator.backward(DiscriminatorOutput(scores: gradient), wanted: .input)
        return (loss.value, imageGradient?.rows(count..<2 * count))
    }

    /// Adds the gradients of D's whole loss. Returns the loss without its auxiliary terms, and the mean probabilities
    /// of real and of generated images.
    ///
    /// D sees real images, generated ones, and both again displaced by noise, in one batch of 4 N.
    func accumulate(
        _ discriminator: any Discriminator, _ batch: RealBatch, generated: Tensor,
        random: inout RandomSource
    ) -> (loss: Float, real: Float, generated: Float) {
        let (real, labels) = (batch.images, batch.labels)
        let count = labels.count
        let images = Tensor.concatenated([
            real, generated, penalty.displaced(real, random: &random),
            penalty.displaced(generated, random: &random),
        ])
        let coordinates = batch.styles.map {
            Tensor.concatenated([Tensor](repeating: $0.coordinates, count: 4))
        }
        let output = discriminator.forward(
            images, labels: labels + labels + labels + labels, styles: coordinates, .training)
        let loss = RelativisticPairing.discriminator(output.scores, penalty: penalty)
        let classes = classGradient(
            output.classLogits, labels: labels, weight: settings.realClassWeight, rows: 4 * count)
        _ = discriminator.backward(
            DiscriminatorOutput(
                scores: loss.gradient, classLogits: classes,
                styles: styleGradient(
                    output.styles, batch.styles, weight: settings.style?.realWeight, rows: 4 * count)),
            wanted: .parameters)
        return (
            loss.value, meanProbability(output.scores.rows(0..<count)),
            meanProbability(output.scores.rows(count..<2 * count))
        )
    }

    /// The gradient of `weight` times the cross-entropy of the first `labels.count` rows; that of the other
    /// `rows` is 0.
    private func classGradient(_ logits: Tensor?, labels: [UInt8], weight: Float, rows: Int) -> Tensor? {
        guard let logits, weight > 0 else { return nil }
        let loss = SoftmaxCrossEntropy.loss(logits.rows(0..<labels.count), labels: labels)
        let gradient = Tensor(repeating: 0, shape: [rows, logits.rowSize])
        for index in 0..<loss.gradient.count {
            gradient.pointer[index] = weight * loss.gradient.pointer[index]
        }
        return gradient
    }

    /// The gradient of `weight` times the mean over the batch of Σ (m − t)² of the first rows, as many as there are
    /// `styles`; that of the other `rows` is 0.
    private func styleGradient(_ measures: Tensor?, _ styles: StyleBatch?, weight: Float?, rows: Int)
        -> Tensor?
    {
        guard let measures, let targets = styles?.targets, let weight else { return nil }
        let gradient = Tensor(repeating: 0, shape: [rows, measures.rowSize])
        let factor = 2 * weight / Float(targets.batch)
        for index in 0..<targets.count {
            gradient.pointer[index] = factor * (measures.pointer[index] - targets.pointer[index])
        }
        return gradient
    }
}
