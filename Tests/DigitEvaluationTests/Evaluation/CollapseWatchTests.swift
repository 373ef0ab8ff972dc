import DigitDataSets
import DigitTraining
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Watching for mode collapse")
struct CollapseWatchTests {
    private let data: DataSet

    init() {
        let tiny = TinyData(count: 400, seed: 3)
        data = DataSet(images: tiny.images, labels: tiny.labels, digest: "d")
    }

    @Test("without a judge, images that are too alike are warned of, and real ones are not")
    func byPixels() {
        let watch = CollapseWatch(judge: nil, data: data, parallel: Parallel(threads: 1))
        #expect(watch.warnings(pixels: data.images, labels: nil) == [])
        let one = (0..<100).flatMap { _ in data.images[..<784] }
        #expect(watch.warnings(pixels: one, labels: nil).count == 1)
        #expect(
            watch.warnings(pixels: one, labels: nil)[0].contains("0 % as far as among real ones, below 70 %"))
        // Ten images over and over are as far apart on the whole as real ones are.
        let ten = (0..<10).flatMap { _ in data.images[..<(10 * 784)] }
        #expect(watch.warnings(pixels: ten, labels: nil).count == 1)
    }

    @Test("with a judge, digits that are missing and features that are too alike are named")
    func byJudge() {
        var random = RandomSource(seed: 1)
        let judge = Judge(classifier: DigitClassifier(random: &random, parallel: Parallel(threads: 1)))
        let watch = CollapseWatch(judge: judge, data: data, parallel: Parallel(threads: 1))
        let one = (0..<100).flatMap { _ in data.images[..<784] }
        let warnings = watch.warnings(pixels: one, labels: (0..<100).map { UInt8($0 % 10) })
        #expect(warnings.count == 2)
        #expect(warnings[0].contains("fewer than 5 %") && warnings[1].contains("too alike"))
    }

    @Test("looking at a generator does not change its training")
    func noTrace() {
        func losses(looking: Bool) -> [Float] {
            var recipe = Recipe.standard(.cdcgan)
            recipe.batchSize = 8
            recipe.epochs = 2
            let trainer = Trainer(
                recipe: recipe, images: Array(data.images.prefix(16 * 784)),
                labels: Array(data.labels.prefix(16)),
                parallel: Parallel(threads: 1))
            return (0..<2).compactMap { _ in
                let report = trainer.runEpoch()
                if looking {
                    _ = trainer.warnings(
                        of: CollapseWatch(judge: nil, data: data, parallel: Parallel(threads: 1)))
                }
                return report?.generatorLoss
            }
        }
        #expect(losses(looking: true) == losses(looking: false))
    }
}
