import DigitDataSets
import DigitTraining
import Foundation
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
        set: .stacked, method: .dcganManifold, epochs: 3, seed: 7,
        dataSetSHA256: String(repeating: "a", count: 64))

    private var result: ModeResult {
        ModeResult(
            settings: settings, images: 384_000, processorSeconds: 12.5,
            coverage: ModeCoverage(modes: [1, 2, 2, 3], count: 1_000))
    }

    /// Unrolling three million weights takes too long without optimization; points have it, too.
    @Test(
        "every method but unrolled dense networks trains a step on stacked digits",
        arguments: ModeMethod.allCases.filter { $0 != .ganUnrolling })
    func trains(method: ModeMethod) {
        let tiny = TinyData(count: 20, seed: 5)
        let digits = DataSet(images: tiny.images, labels: tiny.labels, digest: "")
        checkStep(method, on: .stacked, StackedDigits(digits, count: 4, seed: 1))
        guard method.networks == .convolutional else { return }
        checkStep(method, on: .mnist, LabelledImages(images: tiny.images, labels: tiny.labels))
    }

    @Test("every method for points trains a step on them", arguments: ModeSet.ring.methods)
    func trainsOnPoints(method: ModeMethod) {
        checkStep(method, on: .ring, GaussianPoints(.ring, count: 4, seed: 1))
    }

    /// A minute or more without optimization.
    @Test(
        "where a plain GAN finds few of eight Gaussians, packing finds nearly all",
        .enabled(if: Rounds.count(0, full: 1) > 0))
    func cure() {
        func modes(_ method: ModeMethod) -> Int {
            (1...2).reduce(0) { sum, seed in
                ModeTrial(.ring, parallel: parallel).run(
                    method, epochs: 1, seed: UInt64(seed)
                ).map { sum + $0.coverage.reached } ?? sum
            }
        }
        let (plain, packed) = (modes(.gan), modes(.ganPacking))
        #expect(plain <= 8 && packed >= 12, "\(plain) and \(packed) of 16")
    }

    private func checkStep(_ method: ModeMethod, on set: ModeSet, _ images: any TrainingImages) {
        var recipe = method.recipe(on: set, epochs: 1, seed: 1)
        recipe.batchSize = 4
        let report = Trainer(recipe: recipe, images: images, parallel: parallel).runEpoch()
        #expect(report?.generatorLoss.isFinite == true && report?.discriminatorLoss.isFinite == true)
    }

    @Test(
        "methods differ, all see as much, and a guide or packing is added to what is there without",
        arguments: ModeSet.allCases)
    func recipes(set: ModeSet) {
        let recipes = set.methods.map { $0.recipe(on: set, epochs: 2, seed: 1) }
        #expect(Set(recipes.map(\.summary)).count == recipes.count)
        #expect(Set(recipes.map(\.batchSize)).count == 1 && Set(recipes.map(\.epochs)) == [2])
        for (guided, plain) in [(ModeMethod.ganManifold, ModeMethod.ganRelativistic), (.ganPacking, .gan)] {
            var recipe = guided.recipe(on: set, epochs: 2, seed: 1)
            recipe.guidance = .none
            #expect(recipe == plain.recipe(on: set, epochs: 2, seed: 1))
        }
    }

    @Test("bfloat16 is for digits, and not for losses that are differences", arguments: ModeSet.allCases)
    func precisions(set: ModeSet) {
        let rounded = set.methods.filter {
            $0.recipe(on: set, epochs: 1, seed: 1, precision: .bfloat16).precision == .bfloat16
        }
        let exact: [ModeMethod] = [.ganUnrolling, .ganWasserstein, .dcganUnrolling, .dcganWasserstein]
        #expect(rounded == (set.mixture == nil ? ModeMethod.allCases.filter { !exact.contains($0) } : []))
    }

    @Test("each channel is judged for itself")
    func channels() {
        var random = RandomSource(seed: 1)
        let judge = Judge(classifier: DigitClassifier(random: &random, parallel: parallel))
        let tiny = TinyData(count: 6, seed: 5)
        let data = DataSet(images: tiny.images, labels: tiny.labels, digest: "")
        let stacked = StackedDigits(data, count: 20, seed: 3)
        let digits = ModeTrial.Digits(data, judge: judge, parallel: parallel)
        let verdicts = digits.verdicts(of: Tensor(pixels: data.images))
        let allLookReal = verdicts.allSatisfy(\.looksReal)
        #expect(allLookReal, "real digits are among themselves")
        let trial = ModeTrial(.stacked, digits: digits, parallel: parallel)
        #expect(trial.samples(stacked.batch(Array(0..<20)[...])) == stacked.samples(verdicts))
        let single = ModeTrial(.mnist, digits: digits, parallel: parallel)
        #expect(single.samples(Tensor(pixels: tiny.images)) == verdicts.map { ModeSample(digits: [$0]) })
    }

    @Test("a picture of stacked digits shows the channels of each beside each other")
    func picture() throws {
        let size = 3 * 784
        let levels = (0..<100 * size).map { index -> Float in
            let channel = Float(index % 3 - 1)
            return index < size ? channel : channel / 2
        }
        let images = Tensor(levels, shape: [100, size])
        let path = folder.path("picture.png")
        try ModePicture(digits: images).write(to: path)
        let picture = try #require(DecodedPNG(folder.read("picture.png")))
        #expect(picture.width == 840 && picture.height == 280)
        let line = picture.pixels[0..<168].map { Int($0) }
        let first = [0, 128, 255].flatMap { [Int](repeating: $0, count: 28) }
        let second = [64, 128, 191].flatMap { [Int](repeating: $0, count: 28) }
        #expect(line == first + second)
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
                set: .stacked, method: .dcganManifold, epochs: epochs, seed: seed,
                dataSetSHA256: settings.dataSetSHA256)
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
            ("[]", "object"), (#"{"set":"circles"}"#, "gaussians-8"),
            (#"{"set":"mnist","method":"wgan"}"#, "gan-wasserstein"),
            (#"{"set":"mnist","method":"gan","seed":-1}"#, "seed"),
            (
                #"{"set":"mnist","method":"gan","seed":1,"dataset_sha256":"","recipe":"","images":1.5}"#,
                "images"
            ),
            (
                #"{"set":"mnist","method":"gan","seed":1,"dataset_sha256":"","recipe":"","images":1,"#
                    + #""processor_seconds":1,"modes":11}"#, "modes"
            ),
        ])
    func malformed(text: String, mention: String) {
        let path = folder.write(Array(text.utf8), to: "result.json")
        let error = #expect(throws: RunError.self) { try ModeResult.read(path) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("a folder's results are found, set by set, and those of other digits are refused")
    func resultsOfFolder() throws {
        let sha = settings.dataSetSHA256
        #expect(throws: RunError.noResults(path: folder.path)) {
            try ModeTable.results(in: folder.path, dataSetSHA256: sha)
        }
        #expect(throws: RunError.self) {
            try ModeTable.results(in: folder.path + "/none", dataSetSHA256: sha)
        }
        var later = result
        later.settings.seed = 12
        try later.write(ModeResult.path(of: .dcganManifold, on: .stacked, seed: 12, in: folder.path))
        try result.write(ModeResult.path(of: .dcganManifold, on: .stacked, seed: 7, in: folder.path))
        var points = result
        points.settings = ModeResult.Settings(set: .grid, method: .gan, epochs: 1, seed: 3, dataSetSHA256: "")
        try points.write(ModeResult.path(of: .gan, on: .grid, seed: 3, in: folder.path))
        folder.write([], to: "stacked-dcgan-manifold-x.json")
        let copy = ModeResult.path(of: .gan, on: .stacked, seed: 7, in: folder.path)
        try result.write(copy)
        #expect(throws: RunError.misnamedResult(path: copy, content: "stacked-dcgan-manifold-7")) {
            try ModeTable.results(in: folder.path, dataSetSHA256: sha)
        }
        try FileManager.default.removeItem(atPath: copy)
        let found = try ModeTable.results(in: folder.path, dataSetSHA256: sha)
        #expect(found.map(\.set) == [.grid, .stacked])
        #expect(found.map(\.results) == [[points], [result, later]])
        #expect(throws: RunError.self) { try ModeTable.results(in: folder.path, dataSetSHA256: "b") }
    }

    @Test("the table has a line for each method, with the spread of its seeds, and one for real samples")
    func table() {
        var other = result
        other.settings.method = .gan
        other.coverage = ModeCoverage(modes: Array(0..<500), count: 1_000)
        let real = ModeCoverage(modes: Array(0..<1_000), count: 1_000)
        let table = ModeTable(.stacked, results: [result, other], real: real)
        #expect(
            table.text == """
                method          seeds  samples  core minutes  modes     KL  KL(u‖p)   good
                gan                 1   384000           0.2    500  0.693        ∞  1.000
                dcgan-manifold      1   384000           0.2      3  5.868        ∞  1.000
                real                                           1000  0.000    0.000  1.000
                """)
        #expect(
            table.json.hasPrefix(
                #"{"set":"stacked","samples":26000,"results":[{"set":"stacked","method":"gan","images":384000,"#
            ))
    }

    @Test("runs of other recipes have rows of their own")
    func otherRecipes() {
        var other = result
        other.settings.recipe = "another"
        other.images = 1
        let table = ModeTable(.stacked, results: [result, other, result], real: result.coverage)
        #expect(table.rows.map(\.images) == [1, 384_000] && table.rows.map(\.results.count) == [1, 2])
    }

    @Test("several runs have a mean and a sample standard deviation")
    func spread() {
        #expect(Spread([2, 4, 6]).text(digits: 1) == "4.0 ± 2.0")
        #expect(Spread([3]).text(digits: 1) == "3.0")
    }
}
