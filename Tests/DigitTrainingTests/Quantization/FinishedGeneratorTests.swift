import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport
import DigitModel

@testable import DigitTraining

@Suite("Finished generator")
struct FinishedGeneratorTests {
    private let folder = TemporaryFolder()

    @Test(
        "a run's generator is read as the trainer itself would finish it",
        arguments: [ModelName.gan, .cdcgan])
    func load(model: ModelName) throws {
        let data = TinyData(count: 8, seed: 5)
        let path = folder.path("run")
        let parallel = Parallel(threads: 1)
        let configuration = RunConfiguration(
            model: model, settings: .init(epochs: 1, batchSize: 8),
            dataSetSHA256: String(repeating: "0", count: 64))
        let run = try RunDirectory.create(path, configuration: configuration)
        #expect(throws: RunError.noCheckpoint(path: path)) {
            try FinishedGenerator.load(run: path, parallel: parallel)
        }
        let trainer = Trainer(
            recipe: try configuration.makeRecipe(), images: data.images, labels: data.labels,
            parallel: parallel)
        trainer.runEpoch()
        try trainer.save(to: run.checkpointPath, of: configuration)
        // Few latents: 2,000 take seconds in a debug build.
        let latents = LatentBatch(architecture: model.architecture)
        var random = RandomSource(seed: 3)
        let batches = [latents.draw(labels: data.labels, random: &random)]
        let finished = try FinishedGenerator.load(run: path, parallel: parallel) { _, _ in batches }
        #expect(finished.epoch == 1 && finished.configuration == configuration)

        trainer.average?.exchange()
        trainer.generator.measureStatistics(over: batches)
        let expected = trainer.generator.folded()
        for (found, expected) in zip(finished.generator.layers, expected.layers) {
            #expect(found.weights == expected.weights && found.biases == expected.biases)
        }
    }

    @Test("where no run is, none is read")
    func missing() {
        #expect(throws: RunError.noRun(path: folder.path)) {
            try FinishedGenerator.load(run: folder.path, parallel: Parallel(threads: 1))
        }
    }
}
