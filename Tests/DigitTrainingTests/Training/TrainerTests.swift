import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport
import DigitModel

@testable import DigitTraining

@Suite("Training")
struct TrainerTests {
    private let folder = TemporaryFolder()
    private let data = TinyData(count: 8, seed: 5)

    @Test("the same seed and number of threads give the same weights", arguments: ModelName.allCases)
    func isReproducible(model: ModelName) {
        let (first, second) = (trainer(model), trainer(model))
        first.runEpoch()
        second.runEpoch()
        #expect(state(first) == state(second))
    }

    @Test("another seed gives other weights")
    func dependsOnSeed() {
        let (first, second) = (trainer(.cgan), trainer(.cgan, seed: 2))
        #expect(state(first) != state(second))
    }

    @Test(
        "a run resumed after an epoch ends in the bytes of an uninterrupted one",
        arguments: ModelName.allCases)
    func resumes(model: ModelName) throws {
        try checkResume { trainer(model) }
    }

    @Test(
        "so does a guided one", arguments: [Guidance.manifold, .minibatchDeviation, .packing, .wasserstein])
    func resumesGuided(guidance: Guidance) throws {
        try checkResume { trainer(.gan, guidance: guidance) }
    }

    @Test("so does one whose dropout changes there")
    func resumesBetweenRates() throws {
        try checkResume { trainer(.gan, dropout: .step(first: 0.3, last: 0.5, hold: 0.5)) }
    }

    @Test("another dropout changes what is trained from the epoch on that it is for")
    func dropoutSteps() {
        let (stepping, constant) = (
            trainer(.gan, dropout: .step(first: 0.3, last: 0.5, hold: 0.5)),
            trainer(.gan, dropout: .constant(0.3))
        )
        for trainer in [stepping, constant] { trainer.runEpoch() }
        #expect(state(stepping) == state(constant))
        for trainer in [stepping, constant] { trainer.runEpoch() }
        #expect(state(stepping) != state(constant))
    }

    private func checkResume(_ makeTrainer: () -> Trainer) throws {
        let whole = makeTrainer()
        whole.runEpoch()
        let configuration = RunConfiguration(
            model: .gan, settings: RunConfiguration.Settings(), dataSetSHA256: "of the data")
        try whole.save(to: folder.path("checkpoint"), of: configuration)
        whole.runEpoch()

        let resumed = makeTrainer()
        try resumed.restore(Checkpoint.load(folder.path("checkpoint")), of: configuration)
        #expect(resumed.epoch == 1)
        resumed.runEpoch()
        #expect(state(resumed) == state(whole))
    }

    @Test(
        "looking at the finished generator does not change what is trained",
        arguments: [ModelName.cdcgan, .dcgan].prefix(Rounds.count(1, full: 2)))
    func lookingChangesNothing(model: ModelName) {
        let (looked, untouched) = (trainer(model), trainer(model))
        // Before the first epoch averages are the weights themselves.
        for trainer in [looked, untouched] { trainer.runEpoch() }
        looked.withFinishedGenerator { _ in }
        for trainer in [looked, untouched] { trainer.runEpoch() }
        #expect(weights(looked) == weights(untouched))
    }

    @Test("D learns to tell its images from untrained G's")
    func discriminatorLearns() {
        let trainer = trainer(.cdcgan, epochs: 12)
        var last: StepReport?
        for _ in 0..<12 { last = trainer.runEpoch() }
        #expect((last?.realProbability ?? 0) > (last?.generatedProbability ?? 1))
    }

    @Test("the manifold's guide moves G, and not D")
    func guideMatters() {
        // In one step: G's next images, which D sees, are other ones.
        let trainers = [Guidance.manifold, .none].map { trainer(.dcgan, guidance: $0, batchSize: 8) }
        let before = trainers.map { weights($0) }
        for trainer in trainers { trainer.runEpoch() }
        #expect(before[0] == before[1])
        func elements(_ parameters: [Parameter]) -> [[Float]] { parameters.map(\.value.elements) }
        #expect(
            elements(trainers[0].generator.parameters) != elements(trainers[1].generator.parameters))
        #expect(
            elements(trainers[0].discriminator.parameters) == elements(trainers[1].discriminator.parameters)
        )
    }

    @Test(
        "with minibatch deviation D's score of an image depends on the rest of the batch, and else it does not"
    )
    func deviationMatters() {
        let first = Tensor(pixels: Array(data.images.prefix(784)))
        func score(_ guidance: Guidance, with rest: Tensor) -> Float {
            var random = RandomSource(seed: 1)
            let discriminator = Recipe.standard(.gan, guidance: guidance).makeDiscriminator(
                random: &random, parallel: Parallel(threads: 1))
            let batch = Tensor.concatenated([first, rest])
            let labels = [UInt8](repeating: 0, count: batch.batch)
            return discriminator.forward(batch, labels: labels, .inference).scores.elements[0]
        }
        let others = Tensor(pixels: Array(data.images[784..<4 * 784]))
        let same = Tensor.concatenated([first, first, first])
        #expect(score(.minibatchDeviation, with: others) != score(.minibatchDeviation, with: same))
        #expect(score(.none, with: others) == score(.none, with: same))
        #expect(Recipe.standard(.gan, guidance: .minibatchDeviation).dropout == .none)
    }

    @Test("a guided run told to stop while it prepares has no epoch")
    func stopsPreparing() {
        let trainer = trainer(.gan, guidance: .manifold)
        #expect(trainer.runEpoch(shouldPrepare: { false }) == nil)
        #expect(trainer.epoch == 0)
    }

    @Test("a run told to stop leaves its epoch uncounted")
    func stops() {
        let trainer = trainer(.gan)
        #expect(trainer.runEpoch { _, _ in false } == nil)
        #expect(trainer.epoch == 0)
    }

    private func trainer(
        _ model: ModelName, seed: UInt64 = 1, epochs: Int = 2, guidance: Guidance = .none,
        batchSize: Int = 4, dropout: DropoutSchedule? = nil
    ) -> Trainer {
        var recipe = Recipe.standard(model, guidance: guidance, seed: seed)
        recipe.batchSize = batchSize
        recipe.epochs = epochs
        if let dropout { recipe.dropout = dropout }
        return Trainer(
            recipe: recipe, images: data.images, labels: data.labels, parallel: Parallel(threads: 2))
    }

    private func state(_ trainer: Trainer) -> [[Float]] {
        trainer.stateArrays.map { $0.values.elements }
    }

    private func weights(_ trainer: Trainer) -> [[Float]] {
        (trainer.generator.parameters + trainer.discriminator.parameters).map { $0.value.elements }
    }
}
