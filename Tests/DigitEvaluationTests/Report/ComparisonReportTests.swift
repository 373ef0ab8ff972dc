import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Comparison report")
struct ComparisonReportTests {
    private func row(
        distance: Double, accuracy: Double? = nil, recall: Double = 0.9, copied: Double = 0,
        shares: [Double] = [Double](repeating: 0.1, count: 10), diversity: Double = 0.95
    ) -> Evaluation.Row {
        var quality = QualityMetrics.example
        quality.frechetDistance = distance
        quality.labelAccuracy = accuracy
        quality.worstClassAccuracy = accuracy.map { $0 - 0.01 }
        quality.recall = recall
        quality.copiedShare = copied
        quality.classShares = shares
        quality.withinClassDiversity = diversity
        return Evaluation.Row(quality: quality, classificationAccuracy: nil, fullLengthShare: nil)
    }

    private func model(_ name: ModelName, _ row: Evaluation.Row, losses: [Float] = []) -> ComparedModel {
        let configuration = RunConfiguration(model: name, settings: .init(), dataSetSHA256: "d")
        let epochs = losses.enumerated().map { index, loss in
            CurvesFile.Epoch(
                number: index + 1, generatorLoss: loss, discriminatorLoss: 1, realProbability: 0.5,
                generatedProbability: 0.5, seconds: 60)
        }
        return ComparedModel(
            name: name, recipe: "the recipe of \(name.rawValue)",
            run: losses.isEmpty ? nil : (configuration, epochs), quality: row,
            digits: [UInt8](repeating: 7, count: 100 * 784), bundleSize: 4096)
    }

    private func report(
        _ models: [ComparedModel], published: [PublishedRun] = [], modes: [ModeTable] = []
    ) throws -> String {
        let data = TinyData(count: 300, seed: 1)
        return try ComparisonReport(
            models: models, real: row(distance: 0.1, accuracy: 0.998),
            training: DataSet(images: data.images, labels: data.labels, digest: "d"), judgeAccuracy: 0.9956,
            published: published, modes: modes
        ).html()
    }

    @Test("the document needs nothing from elsewhere, and its elements close")
    func wholeDocument() throws {
        let source = try report([
            model(.gan, row(distance: 2), losses: [2, 1.5, 1]),
            model(.cdcgan, row(distance: 0.12, accuracy: 0.997), losses: [1]),
        ])
        #expect(source.hasPrefix("<!DOCTYPE html>"))
        for foreign in ["http", "<script", "<link", "url(", "@import"] { #expect(!source.contains(foreign)) }
        for element in ["div", "table", "tr", "td", "figure", "svg", "p", "h2", "text"] {
            let opened = source.components(of: "<\(element)>") + source.components(of: "<\(element) ")
            #expect(opened == source.components(of: "</\(element)>"), "\(element)")
        }
        #expect(source.components(of: "data:image/png;base64,") == 5)
        #expect(source.contains("prefers-color-scheme: dark") && source.contains("@media print"))
    }

    @Test("each figure of a model stands in the table, as does how long it was trained")
    func figures() throws {
        let source = try report([
            model(.gan, row(distance: 2.5, recall: 0.5), losses: [1, 2, 3]),
            model(.cgan, row(distance: 0.5, accuracy: 0.98, copied: 0.2), losses: [1]),
        ])
        for cell in ["2.500", "0.500", "0.2000", "3 min", "60 s"] {
            #expect(
                source.contains("<td>\(cell)</td>") || source.contains("<td class=\"best\">\(cell)</td>"),
                "\(cell)")
        }
        #expect(source.contains("<td class=\"best\">0.9800</td>"))
        #expect(source.contains("<td class=\"real\">0.9980</td>"))
    }

    @Test("mode collapse is warned of, and only then")
    func collapse() throws {
        let lost = [0.01] + [Double](repeating: 0.11, count: 9)
        let bad = try report([model(.gan, row(distance: 2, shares: lost, diversity: 0.5))])
        #expect(bad.contains("hardly any 0") && bad.contains("spread 50 % as far"))
        #expect(bad.components(of: "class=\"warning\"") == 2)
        #expect(try report([model(.gan, row(distance: 2))]).components(of: "class=\"warning\"") == 0)
    }

    @Test("modes that were counted are told, each method in a row")
    func modes() throws {
        let result = ModeResult(
            settings: ModeResult.Settings(
                set: .stacked, method: .relativistic, epochs: 1, seed: 1, dataSetSHA256: "d"),
            images: 128_000, processorSeconds: 90, coverage: ModeCoverage(modes: Array(0..<500), count: 1_000)
        )
        let table = ModeTable(
            .stacked, results: [result], real: ModeCoverage(modes: Array(0..<1_000), count: 1_000))
        let points = ModeResult(
            settings: ModeResult.Settings(
                set: .ring, method: .gan, epochs: 1, seed: 7, dataSetSHA256: ""),
            images: 1_000, processorSeconds: 6, coverage: ModeCoverage(modes: [0, 1], count: 8))
        let toy = ModeTable(.ring, results: [points], real: ModeCoverage(modes: Array(0..<8), count: 8))
        let source = try report([model(.gan, row(distance: 2))], modes: [toy, table])
        #expect(source.contains("<tr><td>gan</td><td>1</td><td>1000</td><td>0.1</td><td>2</td>"))
        #expect(
            source.contains(
                "<code>digitgen-train modes --set gaussians-8 --seeds 7 --output modes gan</code>"))
        #expect(
            source.contains(
                "digitgen-train modes --set stacked --data mnist --seeds 1 --output modes relativistic</code>"
            )
        )
        #expect(
            source.contains(
                "<tr><td>relativistic</td><td>1</td><td>128000</td><td>1.5</td><td>500</td><td>0.693</td><td>1.000</td></tr>"
            ))
        #expect(source.contains("<td>1000</td><td>0.000</td><td>1.000</td>"))
        #expect(try !report([model(.gan, row(distance: 2))]).contains("Stacked MNIST"))
    }

    @Test("runs as published have a section of their own, where there are any")
    func published() throws {
        let run = PublishedRun(
            model: .gan,
            configuration: RunConfiguration(
                model: .gan, settings: .init(isPublished: true), dataSetSHA256: "d"),
            epochs: [TinyRun.epoch(1)], quality: row(distance: 3), grids: [])
        let source = try report([model(.gan, row(distance: 2))], published: [run])
        #expect(source.contains("gan, as published") && source.contains("gan, as shipped"))
        #expect(try !report([model(.gan, row(distance: 2))]).contains("as published"))
    }

    @Test("a run that is not at hand is said to be so, and one that was stopped is told from a finished one")
    func runs() throws {
        let source = try report([
            model(.gan, row(distance: 2)), model(.cgan, row(distance: 1), losses: [1, 2]),
        ])
        #expect(source.components(of: "the recipe of gan. (The run itself is not available.)") == 1)
        #expect(!source.contains("the recipe of cgan"))
        let configuration = RunConfiguration(model: .gan, settings: .init(epochs: 5), dataSetSHA256: "d")
        #expect(configuration.recipe(after: 5) == configuration.recipe)
        #expect(configuration.recipe(after: 3) == configuration.recipe + ", stopped after epoch 3")
    }

    @Test("ten digits of each label stand in rows; a model without labels is shown as it comes")
    func hundred() {
        let labels = (0..<200).map { UInt8($0 % 10) }
        let pixels: [UInt8] = labels.flatMap { [UInt8](repeating: $0, count: 784) }
        let rows = ComparedModel.hundred(of: Evaluation.Digits(pixels: pixels, labels: labels))
        let kinds = stride(from: 0, to: rows.count, by: 784).map { rows[$0] }
        let expected = (0..<100).map { UInt8($0 / 10) }
        #expect(kinds == expected)
        let others = ComparedModel.hundred(of: Evaluation.Digits(pixels: pixels, labels: nil))
        #expect(others == Array(pixels.prefix(100 * 784)))
    }
}

extension QualityMetrics {
    /// Figures of no model in particular.
    static var example: QualityMetrics {
        let data = TinyData(count: 300, seed: 2)
        var random = RandomSource(seed: 1)
        let judge = DigitClassifier(random: &random, parallel: Parallel(threads: 1))
        let sample = DigitSample(pixels: data.images, labels: data.labels, judge: judge)
        return QualityMetrics(of: sample, reference: sample, training: nil, parallel: Parallel(threads: 1))
    }
}
