import NeuralNetwork
import DigitModel

/// Trains one recipe on one set of images, epoch by epoch.
///
/// Its state after an epoch is a function of the recipe, the data and the number of threads.
package final class Trainer {
    package let recipe: Recipe
    /// The number of finished epochs.
    package internal(set) var epoch = 0

    let generator: GeneratorNetwork
    let discriminator: any Discriminator
    let generatorOptimizer: Adam
    let discriminatorOptimizer: Adam
    let average: ExponentialMovingAverage?
    let guide: ManifoldGuide?
    var random: RandomSource
    /// The digits of the images, in rising order.
    let classes: [UInt8]

    private let images: any TrainingImages
    private let latents: LatentBatch
    private let step: any AdversarialStep

    /// - Parameters:
    ///   - images: of MNIST's size.
    ///   - labels: one an image, 0…9; their number must be at least the recipe's batch size.
    package convenience init(recipe: Recipe, images: [UInt8], labels: [UInt8], parallel: Parallel) {
        let styles =
            recipe.style == nil
            ? nil
            : StyleMap(
                images: images, labels: labels, latentSteps: recipe.architecture.latentSteps,
                parallel: parallel)
        self.init(
            recipe: recipe, images: LabelledImages(images: images, labels: labels, styles: styles),
            parallel: parallel)
    }

    /// - Parameter images: of the size that the recipe's networks are for, and at least a batch of them.
    package init(recipe: Recipe, images: any TrainingImages, parallel: Parallel) {
        precondition(images.count >= recipe.batchSize)
        let parallel = parallel.with(recipe.precision)
        self.recipe = recipe
        self.images = images
        classes = (0...9).filter(images.labels(Array(0..<images.count)[...]).contains)
        var random = RandomSource(seed: recipe.seed)
        let generator = recipe.makeGenerator(random: &random, parallel: parallel)
        self.generator = generator
        discriminator = recipe.makeDiscriminator(random: &random, parallel: parallel)
        self.random = random
        generatorOptimizer = Adam(generator.parameters, settings: recipe.adam, parallel: parallel)
        discriminatorOptimizer = Adam(discriminator.parameters, settings: recipe.adam, parallel: parallel)
        average = recipe.averageDecay.map {
            ExponentialMovingAverage(of: generator.parameters, decay: $0, parallel: parallel)
        }
        guide = recipe.makeGuide(parallel: parallel)
        latents = LatentBatch(architecture: recipe.architecture)
        switch recipe.objective {
        case .binaryCrossEntropy(let form):
            step =
                recipe.guidance == .unrolling
                ? UnrolledStep(form: form) : BinaryCrossEntropyStep(form: form)
        case .relativistic(let settings): step = RelativisticStep(settings)
        case .wasserstein(let settings): step = WassersteinStep(settings)
        }
    }

    /// The number of steps in an epoch. An incomplete last batch is left out; images are shuffled, so others are left
    /// out in the next epoch.
    package var stepsPerEpoch: Int { images.count / recipe.batchSize }

    /// Trains one epoch and returns the mean of its steps' reports. `didStep` hears of each step; training stops
    /// in the middle of the epoch, which does not count, when it returns false. What guides training, if anything
    /// does, learns before the first epoch; `shouldPrepare` is asked before each step of that.
    @discardableResult
    package func runEpoch(
        didStep: (_ step: Int, _ report: StepReport) -> Bool = { _, _ in true },
        shouldPrepare: () -> Bool = { true }
    ) -> StepReport? {
        if epoch == 0, let guide, !guide.learn(from: images, shouldContinue: shouldPrepare) { return nil }
        let pair = AdversarialPair(
            generator: generator, discriminator: discriminator, generatorOptimizer: generatorOptimizer,
            discriminatorOptimizer: discriminatorOptimizer, guide: guide)
        discriminator.restartDropout(
            rate: recipe.dropout.rate(at: Float(epoch) / Float(recipe.epochs)), random: &random)
        let order = shuffledIndices()
        var mean = StepReport(
            generatorLoss: 0, discriminatorLoss: 0, realProbability: 0, generatedProbability: 0)
        for index in 0..<stepsPerEpoch {
            let progress = (Float(epoch) + Float(index) / Float(stepsPerEpoch)) / Float(recipe.epochs)
            if let ink = recipe.ink { generator.prepareInk(ink, at: progress) }
            let chosen = order[index * recipe.batchSize..<(index + 1) * recipe.batchSize]
            let batch = RealBatch(
                images: images.batch(chosen), labels: images.labels(chosen),
                styles: images.styles?.batch(chosen))
            let report = step(
                pair, batch,
                latents: latents.draw(
                    labels: batch.labels, styles: batch.styles?.coordinates, random: &random),
                learningRate: recipe.schedule.rate(at: progress), random: &random)
            average?.update()
            mean.add(report, weight: 1 / Float(stepsPerEpoch))
            guard didStep(index, report) else { return nil }
        }
        epoch += 1
        return mean
    }

    /// Calls `body` with the generator as it would ship: averaged weights, and statistics measured anew over 2,000
    /// latents.
    package func withFinishedGenerator<Result>(_ body: (GeneratorNetwork) throws -> Result) rethrows -> Result
    {
        average?.exchange()
        defer { average?.exchange() }
        generator.measureStatistics(over: recipe.statisticsBatches(classes: classes))
        return try body(generator)
    }

    /// A random order of the images, by Fisher and Yates.
    private func shuffledIndices() -> [Int] {
        var order = Array(0..<images.count)
        order.shuffle(using: &random)
        return order
    }
}

extension StepReport {
    fileprivate mutating func add(_ other: StepReport, weight: Float) {
        generatorLoss += weight * other.generatorLoss
        discriminatorLoss += weight * other.discriminatorLoss
        realProbability += weight * other.realProbability
        generatedProbability += weight * other.generatedProbability
    }
}
