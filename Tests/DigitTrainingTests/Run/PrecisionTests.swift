import DigitDataSets
import DigitModel
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Precision of a run")
struct PrecisionTests {
    private let folder = TemporaryFolder()

    private func run(
        _ name: String, epochs: Int, precision: Precision?, resume: Bool = false
    ) throws -> TrainingRun {
        try TrainingRun(
            model: .gan, settings: .init(epochs: epochs, batchSize: 8, precision: precision),
            data: TinyRun.data, path: folder.path(name), resume: resume, parallel: Parallel(threads: 1))
    }

    @Test("float32 leaves no trace in the files of a run")
    func float32() {
        let settings = [nil, Precision.float32].map { RunConfiguration.Settings(precision: $0) }
        let made = settings.map {
            RunConfiguration(model: .cdcgan, settings: $0, dataSetSHA256: TinyRun.data.digest)
        }
        #expect(made[0] == made[1])
        #expect(!made[0].json.contains("precision") && !made[0].recipe.contains("float32"))
    }

    @Test(
        "a run in bfloat16 is resumed in it, and ends in the bytes of an uninterrupted one",
        .enabled(if: Precision.bfloat16.isAvailable, "this processor has no AVX512_BF16"))
    func resume() throws {
        #expect(try run("whole", epochs: 2, precision: .bfloat16).run() == .complete)
        #expect(try run("parts", epochs: 1, precision: .bfloat16).run() == .complete)
        #expect(
            throws: RunError.differentSetting(name: "the precision", found: "float32", expected: "bfloat16")
        ) {
            try run("parts", epochs: 2, precision: .float32, resume: true)
        }
        #expect(try run("parts", epochs: 2, precision: nil, resume: true).run() == .complete)
        #expect(folder.read("parts/checkpoint") == folder.read("whole/checkpoint"))
        let configuration = try RunConfiguration.read(folder.path("parts/config.json"))
        #expect(configuration.precision == .bfloat16)
        #expect(configuration.recipe.hasSuffix(", products in bfloat16"))
        #expect(try run("exact", epochs: 2, precision: .float32).run() == .complete)
        #expect(folder.read("exact/checkpoint") != folder.read("whole/checkpoint"))
    }

    @Test("an unknown precision in config.json names those that there are")
    func unknown() {
        let configuration = RunConfiguration(
            model: .cdcgan, settings: .init(), dataSetSHA256: TinyRun.data.digest)
        let text = configuration.json.replacing("{", with: #"{"precision":"float8","#, maxReplacements: 1)
        let path = folder.write(Array(text.utf8), to: "config.json")
        #expect(
            throws: RunError.malformedConfiguration(
                path: path, reason: #""precision" must be one of float32, bfloat16"#)
        ) { try RunConfiguration.read(path) }
    }

    @Test("a processor without the instructions is told what it can do")
    func unavailable() {
        let error = RunError.unavailablePrecision(.bfloat16)
        #expect(
            error.description
                == "this processor cannot multiply in bfloat16; start a run with --precision float32")
        #expect(error.exitStatus == .usage)
    }
}
