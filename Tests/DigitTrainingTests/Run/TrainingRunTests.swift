import DigitDataSets
import DigitModel
import Glibc
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Training run")
struct TrainingRunTests {
    private let folder = TemporaryFolder()
    private let data: DataSet

    init() {
        let tiny = TinyData(count: 8, seed: 5)
        data = DataSet(images: tiny.images, labels: tiny.labels, digest: String(repeating: "0", count: 64))
    }

    private func run(
        _ name: String, epochs: Int, guidance: Guidance = .none, resume: Bool = false
    ) throws -> TrainingRun {
        try TrainingRun(
            model: .gan, settings: .init(epochs: epochs, batchSize: 8, guidance: guidance), data: data,
            path: folder.path(name),
            resume: resume, parallel: Parallel(threads: 1))
    }

    @Test(
        "a resumed run ends in the bytes of an uninterrupted one, whatever guides it",
        arguments: Guidance.allCases)
    func resume(guidance: Guidance) throws {
        #expect(try run("whole", epochs: 2, guidance: guidance).run() == .complete)
        #expect(try run("parts", epochs: 1, guidance: guidance).run() == .complete)
        let second = try run("parts", epochs: 2, guidance: guidance, resume: true)
        #expect(second.epoch == 1)
        #expect(try second.run() == .complete)
        for name in ["checkpoint", "samples/epoch-0002.png"] {
            #expect(folder.read("parts/" + name) == folder.read("whole/" + name), "\(name)")
        }
        #expect(try RunConfiguration.read(folder.path("parts/config.json")).originalEpochs == 1)
        #expect(try CurvesFile.read(folder.path("parts/curves.csv")).count == 2)
    }

    @Test("resuming a run without a checkpoint starts it anew, resuming a finished one does nothing")
    func edges() throws {
        _ = try run("run", epochs: 1)
        #expect(try !TrainingRun.isFinished(folder.path("run")))
        #expect(try run("run", epochs: 1, resume: true).run() == .complete)
        #expect(try TrainingRun.isFinished(folder.path("run")))
        let before = folder.read("run/checkpoint")
        #expect(try run("run", epochs: 1, resume: true).run() == .complete)
        #expect(folder.read("run/checkpoint") == before && !before.isEmpty)
        _ = try run("longer", epochs: 1)
        #expect(try run("longer", epochs: 2, resume: true).run() == .complete)
        #expect(try RunConfiguration.read(folder.path("longer/config.json")).epochs == 2)
        #expect(try run("longer", epochs: 2, resume: true).epoch == 2)
    }

    @Test("a run records the digits of its data, which its bundle then tells")
    func classes() throws {
        let tiny = TinyData(count: 8, seed: 5)
        let few = DataSet(
            images: tiny.images, labels: [3, 8, 3, 8, 3, 3, 8, 8], digest: String(repeating: "0", count: 64))
        let path = folder.path("run")
        func run(resume: Bool) throws -> TrainingRun {
            try TrainingRun(
                model: .cgan, settings: .init(epochs: 1, batchSize: 8), data: few, path: path, resume: resume,
                parallel: Parallel(threads: 1))
        }
        #expect(try run(resume: false).run() == .complete)
        let configuration = folder.read("run/config.json")
        // A run of before the digits were recorded gets them as soon as its data are at hand.
        let text = String(decoding: configuration, as: UTF8.self)
        folder.write(
            Array(text.split(separator: #","classes":"38""#).joined().utf8), to: "run/config.json")
        #expect(try RunConfiguration.read(path + "/config.json").classes == Array(0...9))
        _ = try run(resume: true)
        #expect(folder.read("run/config.json") == configuration)
        var asked: [UInt8] = []
        let finished = try FinishedGenerator.load(run: path, parallel: Parallel(threads: 1)) { _, classes in
            asked = classes
            return []
        }
        #expect(asked == [3, 8])
        #expect(finished.manifest(metrics: [], programVersion: "1").classes == [3, 8])
    }

    @Test("batches that take more memory than the process may use are refused")
    func memory() throws {
        let settings = RunConfiguration.Settings(batchSize: 10_000)
        let configuration = RunConfiguration(
            model: .cdcgan, settings: settings, dataSetSHA256: String(repeating: "0", count: 64))
        try TrainingRun.check(configuration, imageCount: 60_000, memoryLimit: 9_134 << 20)
        let error = #expect(throws: RunError.self) {
            try TrainingRun.check(configuration, imageCount: 60_000, memoryLimit: 9_133 << 20)
        }
        #expect(
            error?.description
                == "training with batches of 10000 takes 9134 MiB of memory, more than the limit of 9133 MiB; "
                + "choose a smaller --batch-size")
    }

    @Test("a run whose checkpoint is gone is not begun again over what it has")
    func lostCheckpoint() throws {
        #expect(try run("run", epochs: 2).run() == .complete)
        let files = ["run/curves.csv", "run/samples/epoch-0001.png", "run/config.json"]
        let before = files.map(folder.read)
        folder.remove("run/checkpoint")
        #expect(throws: RunError.onlyRecord(path: folder.path("run"), epochs: 2)) {
            try run("run", epochs: 4, resume: true)
        }
        // A disk that is not there is no checkpoint that is not there.
        #expect(symlink("/nonexistent/checkpoint", folder.path("run/checkpoint")) == 0)
        #expect(throws: RunError.self) { try run("run", epochs: 4, resume: true) }
        #expect(files.map(folder.read) == before)
    }

    @Test("a run that cannot be continued keeps its settings", arguments: ["checkpoint", "curves.csv"])
    func damaged(name: String) throws {
        #expect(try run("run", epochs: 1).run() == .complete)
        let configuration = folder.read("run/config.json")
        _ = folder.write(Array("damaged".utf8), to: "run/" + name)
        #expect(throws: RunError.self) { try run("run", epochs: 50, resume: true) }
        #expect(folder.read("run/config.json") == configuration)
    }

    @Test(
        "a pipe in the place of a run's file is refused at once",
        arguments: ["checkpoint", "curves.csv", "config.json"])
    func pipe(name: String) throws {
        #expect(try run("run", epochs: 1).run() == .complete)
        folder.remove("run/" + name)
        #expect(mkfifo(folder.path("run/" + name), 0o600) == 0)
        #expect(throws: RunError.self) { try run("run", epochs: 2, resume: true) }
    }

    @Test("the checkpoint of another run is refused by who goes on from it and by who quantizes it")
    func otherCheckpoint() throws {
        #expect(try run("run", epochs: 1).run() == .complete)
        let other = try TrainingRun(
            model: .gan, settings: .init(epochs: 1, batchSize: 8, seed: 9), data: data,
            path: folder.path("other"), resume: false, parallel: Parallel(threads: 1))
        #expect(try other.run() == .complete)
        _ = folder.write(folder.read("other/checkpoint"), to: "run/checkpoint")
        for attempt in [
            { _ = try self.run("run", epochs: 2, resume: true) },
            {
                _ = try FinishedGenerator.load(
                    run: self.folder.path("run"), parallel: Parallel(threads: 1))
            },
        ] {
            let error = #expect(throws: RunError.self) { try attempt() }
            #expect(error?.description.contains("seed 9") == true)
        }
    }

    @Test("a run whose folder is moved away stops before it writes into its successor")
    func moved() throws {
        let first = try run("run", epochs: 2)
        #expect(rename(folder.path("run"), folder.path("away")) == 0)
        #expect(try run("run", epochs: 1).run() == .complete)
        let before = folder.read("run/curves.csv")
        #expect(throws: RunError.moved(path: folder.path("run"))) { try first.run() }
        #expect(folder.read("run/curves.csv") == before)
    }

    @Test("a batch larger than the data set is refused before anything is written")
    func batchTooLarge() {
        #expect(throws: RunError.batchTooLarge(batchSize: 1000, images: 8)) {
            try TrainingRun(
                model: .gan, settings: .init(batchSize: 1000), data: data, path: folder.path("run"),
                resume: false, parallel: Parallel(threads: 1))
        }
        #expect(folder.names().isEmpty)
    }

    @Test("samples come from the first, the last and about ten epochs in between")
    func sampleEpochs() {
        #expect(
            (1...100).filter { TrainingRun.hasSample(epoch: $0, of: 100) } == [1] + (1...10).map { $0 * 10 })
        #expect((1...3).filter { TrainingRun.hasSample(epoch: $0, of: 3) } == [1, 2, 3])
    }

    @Test("sample pixels reach from black to white, whatever a model gives")
    func samplePixels() {
        #expect([-1, 0, 1, -7, 7].map(SampleGrid.pixel) == [0, 128, 255, 0, 255])
        #expect([Float.nan, .infinity, -.infinity].map(SampleGrid.pixel) == [0, 255, 0])
    }
}
