import DigitDataSets
import DigitGen
import DigitTraining
import Foundation
import NeuralNetwork
import Platform
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("The judge and its cache")
struct JudgeTests {
    private let folder = TemporaryFolder()
    private let parallel = Parallel(threads: 2)
    private let data: DataSet
    private var cache: String { folder.path("cache") }
    private var path: String { Judge.path(of: data, in: cache) }

    init() {
        let tiny = TinyData(count: 128, seed: 3)
        data = DataSet(images: tiny.images, labels: tiny.labels, digest: String(repeating: "d", count: 64))
    }

    private func untrained() -> Judge {
        var random = RandomSource(seed: 1)
        return Judge(classifier: DigitClassifier(random: &random, parallel: parallel))
    }

    private func cached() -> Judge? { Judge.cached(training: data, cache: cache, parallel: parallel) }

    /// What is said while the judge is loaded.
    private func messages() -> [String] {
        let lines = Locked([String]())
        _ = Judge.load(
            training: data, by: ClassifierTraining(epochs: 1), cache: cache, parallel: parallel
        ) { line in
            lines.withLock { $0.append(line) }
        }
        return lines.withLock { $0 }
    }

    @Test("a judge is trained once and then read")
    func once() throws {
        #expect(cached() == nil)
        #expect(messages().first?.contains("once for these data") == true)
        #expect(cached() != nil)
        #expect(messages() == [])
    }

    @Test(
        "a judge with numbers that are not finite is damaged, though its checksum is right",
        arguments: [Float.nan, .infinity])
    func notFinite(value: Float) throws {
        try RunDirectory.makeDirectories(cache)
        let judge = untrained()
        try judge.write(path)
        #expect(cached() != nil)
        judge.classifier.statistics[1].value.pointer[0] = value
        try judge.write(path)
        #expect(cached() == nil)
    }

    @Test(
        "a pipe or a folder under the judge's name is neither waited for nor replaced",
        arguments: [true, false])
    func noFile(isPipe: Bool) throws {
        try RunDirectory.makeDirectories(cache)
        #expect((isPipe ? mkfifo(path, 0o600) : mkdir(path, 0o700)) == 0)
        #expect(cached() == nil)
        let lines = messages()
        #expect(lines.first?.contains(path) == true && lines.first?.contains("cannot be cached") == true)
        #expect(lines.filter { $0.contains("cannot be cached") }.count == 1)
        #expect(lines.dropFirst().first?.contains("for this command only") == true)
        #expect(folder.names() == ["cache"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
    }

    @Test("a cache that cannot be made costs the judge its place, not its training")
    func noCache() {
        folder.write([], to: "cache")
        let lines = messages()
        #expect(lines.first?.contains(cache) == true && lines.first?.contains("DIGITGEN_CACHE") == true)
        #expect(lines.last?.hasPrefix("judge: epoch 1 of 1") == true)
        #expect(folder.read("cache") == [])
    }

    @Test("a judge that judges badly is warned of")
    func bad() {
        let evaluation = Evaluation(
            judge: untrained(), data: EvaluationData(training: data, test: data), parallel: parallel)
        #expect(evaluation.judgeAccuracy < 0.9)
        #expect(evaluation.judgeWarning?.hasPrefix("warning: the judge") == true)
    }

    @Test("figures that are no numbers are not recorded, and the bundle is not blamed for them")
    func notRecorded() throws {
        var row = Evaluation.Row(quality: .example, classificationAccuracy: nil, fullLengthShare: nil)
        row.quality.frechetDistance = 1
        #expect(
            try EvaluationReport(generated: row, real: row, judgeAccuracy: 1).finiteMetrics().first?.name
                == "fd")
        row.quality.frechetDistance = .nan
        let report = EvaluationReport(generated: row, real: row, judgeAccuracy: 1)
        let error = #expect(throws: EvaluationError.self) { try report.finiteMetrics() }
        #expect(error?.description.hasPrefix("fd is nan") == true)
    }
}
