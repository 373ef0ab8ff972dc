import DigitModel
import DigitTraining
import Foundation
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Runs as published")
struct PublishedRunTests {
    private let folder = TemporaryFolder()

    private func place(_ model: ModelName = .gan, seed: Int = 1) -> PublishedRun.Place {
        PublishedRun.Place.all(of: [model], seeds: seed, runs: folder.path)[seed - 1]
    }

    /// A run with all its epochs by these settings.
    private func write(_ settings: RunConfiguration.Settings, to place: PublishedRun.Place) throws {
        let configuration = RunConfiguration(
            model: place.model, settings: settings, dataSetSHA256: TinyRun.data.digest)
        let directory = try RunDirectory.create(place.path, configuration: configuration)
        let checkpoint = try CheckpointWriter(path: directory.checkpointPath)
        try checkpoint.add("epoch", integer: UInt64(configuration.epochs))
        try checkpoint.finish()
        var curves = CurvesFile(new: directory.curvesPath)
        for number in 1...configuration.epochs { try curves.append(TinyRun.epoch(number)) }
        for epoch in [1, 2, 10, configuration.epochs] {
            folder.write([UInt8(epoch)], to: relative(directory.samplePath(epoch: epoch)))
        }
    }

    private func relative(_ path: String) -> String { String(path.dropFirst(folder.path.count + 1)) }

    private func read(
        _ place: PublishedRun.Place, dataSetSHA256: String = TinyRun.data.digest
    ) throws -> PublishedRun {
        try PublishedRun(
            at: place,
            configuration: PublishedRun.configuration(at: place, dataSetSHA256: dataSetSHA256),
            quality: Evaluation.Row(quality: .example))
    }

    @Test("each of the paper's models has a place for each seed, and other models have none")
    func places() {
        let places = PublishedRun.Place.all(of: [.ink, .gan, .dcgan], seeds: 2, runs: "runs")
        #expect(
            places.map(\.path) == [
                "runs/published/gan-1", "runs/published/gan-2", "runs/published/dcgan-1",
                "runs/published/dcgan-2",
            ])
        #expect(places.map(\.seed) == [1, 2, 1, 2])
    }

    @Test(
        "a finished run has its epochs, and grids of the first, a tenth and the last of them as far as there are any"
    )
    func finished() throws {
        let place = place()
        #expect(try !place.isFinished() && !place.isBegun)
        try write(.init(seed: 1, isPublished: true), to: place)
        #expect(try place.isFinished() && place.isBegun)
        let run = try read(place)
        #expect(run.epochs.count == 100 && run.epochs.seconds == 100)
        #expect(run.grids == [1, 10, 100].map { PublishedRun.Grid(epoch: $0, png: [UInt8($0)]) })
    }

    @Test("a run's figures take its checkpoint's place, and a run that has neither is not finished")
    func record() throws {
        let place = place()
        try write(.init(seed: 1, isPublished: true), to: place)
        let figures = Evaluation.Row(quality: .example)
        try RunFigures.write(figures, to: place.path)
        #expect(!place.isRecord)
        try FileManager.default.removeItem(atPath: "\(place.path)/checkpoint")
        #expect(place.isRecord)
        #expect(try place.isFinished())
        #expect(try RunFigures.read(place.path).quality == figures.quality)
        #expect(try read(place).epochs.count == 100)
        try FileManager.default.removeItem(atPath: "\(place.path)/figures.json")
        #expect(!place.isRecord)
        #expect(try !place.isFinished())
    }

    @Test(
        "figures that are no figures are refused with the file and the key",
        arguments: [
            (#""fd": 0.5"#, #""fd": "0.5""#, "\"fd\" must be a number"),
            (#""precision": 0.9, "#, "", "\"precision\" must be a number"),
            (#""copied_share": null"#, #""copied_share": []"#, "\"copied_share\" must be a number, or null"),
            ("0.1, 0.1]", "0.1]", "\"class_shares\" must be an array of 10 numbers"),
            ("0.1, 0.1]", "0.1, true]", "\"class_shares\" must be an array of 10 numbers"),
        ])
    func malformedFigures(part: String, wrong: String, mention: String) throws {
        let shares = [String](repeating: "0.1", count: 10).joined(separator: ", ")
        let right =
            #"{"fd": 0.5, "precision": 0.9, "recall": 0.8, "within_class_diversity": 1, "copied_share": null, "#
            + #""class_shares": [\#(shares)]}"#
        folder.write(Array(right.utf8), to: "run/figures.json")
        #expect(try RunFigures.read("\(folder.path)/run").quality.recall == 0.8)
        let text = right.replacingOccurrences(of: part, with: wrong)
        #expect(text != right)
        folder.write(Array(text.utf8), to: "run/figures.json")
        let error = #expect(throws: RunError.self) { try RunFigures.read("\(folder.path)/run") }
        let said = error?.description ?? ""
        #expect(said.contains("run/figures.json") && said.contains(mention), "\(said)")
    }

    @Test(
        "a run by another recipe, seed or number of epochs is refused",
        arguments: [
            RunConfiguration.Settings(seed: 1), .init(seed: 2, isPublished: true),
            .init(epochs: 3, seed: 1, isPublished: true),
        ])
    func otherRecipe(settings: RunConfiguration.Settings) throws {
        let place = place()
        try write(settings, to: place)
        let error = #expect(throws: RunError.self) { try read(place) }
        guard case .otherRecipe? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a run in another precision is as published, one of other digits is refused")
    func precisionAndDigits() throws {
        let place = place()
        try write(.init(seed: 1, isPublished: true, precision: .bfloat16), to: place)
        #expect(try read(place).configuration.precision == .bfloat16)
        #expect(
            throws: RunError.otherTrainingData(
                path: "\(place.path)/config.json", found: TinyRun.data.digest, expected: "other")
        ) { try read(place, dataSetSHA256: "other") }
    }
}

@Suite("Comparison with the paper")
struct PublishedComparisonTests {
    private func row(
        distance: Double, accuracy: Double? = nil, least: Double = 0.1, diversity: Double = 1
    ) -> Evaluation.Row {
        var quality = QualityMetrics.example
        quality.frechetDistance = distance
        quality.labelAccuracy = accuracy
        quality.classShares = [least] + [Double](repeating: (1 - least) / 9, count: 9)
        quality.withinClassDiversity = diversity
        return Evaluation.Row(quality: quality)
    }

    private func run(
        _ model: ModelName, seed: UInt64, _ row: Evaluation.Row, seconds: Double = 60,
        precision: Precision = .float32
    ) -> PublishedRun {
        PublishedRun(
            model: model,
            configuration: RunConfiguration(
                model: model, settings: .init(seed: seed, isPublished: true, precision: precision),
                dataSetSHA256: "d"),
            epochs: [
                CurvesFile.Epoch(
                    number: 1, generatorLoss: -0.7, discriminatorLoss: 1.4, realProbability: 0.5,
                    generatedProbability: 0.5, seconds: seconds)
            ],
            quality: row, grids: [PublishedRun.Grid(epoch: 1, png: [1, 2, 3])])
    }

    private func comparison(_ runs: [PublishedRun]) -> PublishedComparison {
        PublishedComparison(runs: runs, models: [], real: row(distance: 0.1, accuracy: 0.998))
    }

    @Test(
        "the seeds of a model share a row, the shipped model has the next one, and its curves and grids follow"
    )
    func rows() {
        let runs = [
            run(.gan, seed: 1, row(distance: 2)), run(.gan, seed: 2, row(distance: 4)),
            run(.cgan, seed: 1, row(distance: 1, accuracy: 0.5)),
        ]
        let shipped = ComparedModel(
            name: .gan, recipe: "", run: nil, quality: row(distance: 0.5), digits: [], bundleSize: 1)
        let source = PublishedComparison(runs: runs, models: [shipped], real: row(distance: 0.1)).html.source
        #expect(
            source.contains(
                "<td>gan, as published</td><td>2</td><td>1</td><td>1 ± 0</td><td>3.000 ± 1.414</td>"))
        #expect(source.contains("<td>gan, as shipped</td><td>1</td><td>–</td><td>–</td><td>0.500</td>"))
        #expect(
            source.contains("<td>cgan, as published</td><td>1</td>") && !source.contains("cgan, as shipped"))
        #expect(source.components(of: "<svg") == 4 && source.components(of: "data:image/png") == 2)
    }

    @Test("runs of another precision are named, and without any there is no word of it")
    func precisions() {
        let runs = [run(.gan, seed: 1, row(distance: 2)), run(.gan, seed: 2, row(distance: 4))]
        #expect(!comparison(runs).html.source.contains("rounded"))
        let mixed = runs + [run(.cgan, seed: 3, row(distance: 1, accuracy: 0.5), precision: .bfloat16)]
        #expect(comparison(mixed).html.source.contains("rounded factors of products: cgan 3 (bfloat16)."))
    }

    @Test(
        "what is said of the models is confirmed or refuted by the figures, and left open where they do not tell"
    )
    func claims() {
        func finding(_ runs: [PublishedRun], _ model: ModelName, _ text: String) -> Bool?? {
            ModelClaims(comparison(runs)).claims.first { $0.model == model && $0.text.contains(text) }.map(
                \.isConfirmed)
        }
        let gan = [run(.gan, seed: 1, row(distance: 2)), run(.gan, seed: 2, row(distance: 3))]
        let good = [
            run(.dcgan, seed: 1, row(distance: 1), seconds: 90),
            run(.dcgan, seed: 2, row(distance: 1.01), seconds: 90),
        ]
        #expect(finding(gan, .gan, "collapse") == .some(false))
        #expect(finding([run(.gan, seed: 1, row(distance: 2, least: 0.01))], .gan, "collapse") == .some(true))
        #expect(
            finding([run(.gan, seed: 1, row(distance: 2, diversity: 0.5))], .gan, "collapse") == .some(true))
        #expect(finding(gan + good, .dcgan, "better digits") == .some(true))
        #expect(finding(gan + good, .dcgan, "steadily") == .some(true))
        #expect(finding(gan + good, .dcgan, "longer") == .some(true))
        let unsteady = [run(.dcgan, seed: 1, row(distance: 1)), run(.dcgan, seed: 2, row(distance: 1.2))]
        #expect(finding(gan + unsteady, .dcgan, "steadily") == .some(nil))
        let rounded = [run(.dcgan, seed: 1, row(distance: 1), seconds: 90, precision: .bfloat16)]
        #expect(finding(gan + rounded, .dcgan, "longer") == .some(nil))
        let single = [run(.gan, seed: 1, row(distance: 2)), run(.dcgan, seed: 1, row(distance: 1))]
        #expect(finding(single, .dcgan, "better digits") == .some(nil))
        #expect(
            finding(gan + [run(.dcgan, seed: 1, row(distance: 9))], .dcgan, "better digits") == .some(false))
        #expect(
            finding(gan + [run(.dcgan, seed: 1, row(distance: 2.4))], .dcgan, "better digits") == .some(nil))
        #expect(finding(gan + [run(.dcgan, seed: 1, row(distance: 1))], .dcgan, "steadily") == .some(nil))
        for (accuracy, isConfirmed) in [(0.97, true), (0.6, false)] {
            let cgan = [run(.cgan, seed: 1, row(distance: 1, accuracy: accuracy))]
            #expect(finding(gan + cgan, .cgan, "asked for") == .some(isConfirmed))
        }
        #expect(finding(gan, .cgan, "asked for") == nil)
    }
}
