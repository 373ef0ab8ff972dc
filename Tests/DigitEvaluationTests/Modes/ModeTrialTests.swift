import DigitDataSets
import DigitTraining
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Trials of methods on stacked digits")
struct ModeTrialTests {
    private let folder = TemporaryFolder()
    private let parallel = Parallel(threads: 2)
    private let settings = ModeResult.Settings(
        method: .dcganManifold, epochs: 3, seed: 7, dataSetSHA256: String(repeating: "a", count: 64))

    private var result: ModeResult {
        ModeResult(
            settings: settings, images: 384_000, processorSeconds: 12.5,
            coverage: ModeCoverage(modes: [1, 2, 2, 3]))
    }

    @Test("every method trains a step", arguments: ModeMethod.allCases)
    func trains(method: ModeMethod) {
        let tiny = TinyData(count: 20, seed: 5)
        let digits = DataSet(images: tiny.images, labels: tiny.labels, digest: "")
        var recipe = method.recipe(epochs: 1, seed: 1)
        recipe.batchSize = 3
        let trainer = Trainer(
            recipe: recipe, images: StackedDigits(digits, count: 3, seed: 1), parallel: parallel)
        let report = trainer.runEpoch()
        #expect(report?.generatorLoss.isFinite == true && report?.discriminatorLoss.isFinite == true)
    }

    @Test("methods that share networks differ in what makes them up alone")
    func recipes() {
        let recipes = ModeMethod.allCases.map { $0.recipe(epochs: 2, seed: 1) }
        #expect(Set(recipes.map(\.summary)).count == recipes.count)
        #expect(Set(recipes.map(\.batchSize)) == [64] && Set(recipes.map(\.epochs)) == [2])
        var plain = ModeMethod.dcganManifold.recipe(epochs: 2, seed: 1)
        plain.guidance = .none
        #expect(plain == ModeMethod.dcgan.recipe(epochs: 2, seed: 1))
    }

    @Test("each channel is judged for itself")
    func channels() {
        var random = RandomSource(seed: 1)
        let judge = Judge(classifier: DigitClassifier(random: &random, parallel: parallel))
        let tiny = TinyData(count: 6, seed: 5)
        let digits = DataSet(images: tiny.images, labels: tiny.labels, digest: "")
        let stacked = StackedDigits(digits, count: 20, seed: 3)
        let verdicts = DigitSample(pixels: digits.images, labels: nil, judge: judge.classifier).verdicts
        let trial = ModeTrial(digits: digits, judge: judge, parallel: parallel)
        #expect(trial.modes(stacked.batch(Array(0..<20)[...])) == stacked.modes(classes: verdicts))
    }

    @Test("a result is read as it was written")
    func roundTrip() throws {
        let path = folder.path("result.json")
        try result.write(path)
        #expect(try ModeResult.read(path) == result)
        #expect(try ModeResult.read(path).required(settings, path: path) == result)
    }

    @Test("a result of other settings is not taken for this one")
    func otherSettings() {
        func error(epochs: Int, seed: UInt64) -> RunError? {
            let other = ModeResult.Settings(
                method: .dcganManifold, epochs: epochs, seed: seed, dataSetSHA256: settings.dataSetSHA256)
            return #expect(throws: RunError.self) {
                try result.required(other, path: "M/dcgan-manifold.json")
            }
        }
        #expect(
            error(epochs: 3, seed: 8)
                == .otherResult(path: "M/dcgan-manifold.json", name: "the seed", found: "7", expected: "8"))
        let text = error(epochs: 4, seed: 7)?.description ?? ""
        #expect(text.hasPrefix("M/dcgan-manifold.json: ") && text.contains("--output"), "\(text)")
        #expect(text.contains("3 epochs") && text.contains("4 epochs"), "\(text)")
    }

    @Test(
        "a broken result is an error that names the key",
        arguments: [
            ("[]", "object"), (#"{"method":"wgan"}"#, "method"), (#"{"method":"gan","seed":-1}"#, "seed"),
            (#"{"method":"gan","seed":1,"dataset_sha256":"","recipe":"","images":1.5}"#, "images"),
            (
                #"{"method":"gan","seed":1,"dataset_sha256":"","recipe":"","images":1,"processor_seconds":-1}"#,
                "processor_seconds"
            ),
        ])
    func malformed(text: String, mention: String) {
        let path = folder.write(Array(text.utf8), to: "result.json")
        let error = #expect(throws: RunError.self) { try ModeResult.read(path) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("a folder's results are found, and only such of the same digits")
    func resultsOfFolder() throws {
        #expect(throws: RunError.noResults(path: folder.path)) {
            try ModeTable.results(in: folder.path, dataSetSHA256: settings.dataSetSHA256)
        }
        try result.write(ModeResult.path(of: .dcganManifold, in: folder.path))
        #expect(
            try ModeTable.results(in: folder.path, dataSetSHA256: settings.dataSetSHA256) == [result])
        #expect(throws: RunError.self) {
            try ModeTable.results(in: folder.path, dataSetSHA256: "b")
        }
    }

    @Test("the table has a line for each method and one for real digits")
    func table() {
        let table = ModeTable(results: [result], real: ModeCoverage(modes: Array(0..<1_000)))
        #expect(
            table.text == """
                method          images  core minutes  modes     KL
                dcgan-manifold  384000           0.2      3  5.868
                real digits                            1000  0.000
                """)
        #expect(
            table.json.hasPrefix(#"{"samples":26000,"methods":[{"method":"dcgan-manifold","images":384000,"#))
    }
}
