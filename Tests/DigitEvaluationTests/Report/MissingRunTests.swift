import DigitDataSets
import DigitModel
import DigitTraining
import Foundation
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Runs that a comparison is to train")
struct MissingRunTests {
    private let folder = TemporaryFolder()
    private var weights: String { folder.path("weights") }
    private var bundlePath: String { weights + "/gan.safetensors.zst" }

    private func missing() throws -> [MissingRun] {
        try MissingRun.all(of: [.gan], runs: folder.path("runs"), weights: weights, data: TinyRun.data)
    }

    private func run(epochs: Int, done: Int) throws -> TinyRun {
        try TinyRun(in: folder.path("runs"), epochs: epochs, done: done)
    }

    private func writeBundle(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(atPath: weights, withIntermediateDirectories: true)
        folder.write(bytes, to: "weights/gan.safetensors.zst")
    }

    /// Expects that what stands in the bundle's place is neither replaced nor touched.
    private func expectRefusal(at location: SourceLocation = #_sourceLocation) {
        let before = folder.read("weights/gan.safetensors.zst")
        let error = #expect(throws: RunError.self, sourceLocation: location) { try missing() }
        #expect(
            error == .otherBundle(path: bundlePath, run: folder.path("runs/gan")),
            sourceLocation: location)
        #expect(
            error.map { "\($0)".contains(bundlePath) && "\($0)".contains("--weights") } == true,
            sourceLocation: location)
        #expect(folder.read("weights/gan.safetensors.zst") == before, sourceLocation: location)
    }

    @Test("without run and bundle there is something to train, and the folder of weights is made")
    func nothing() throws {
        let runs = try missing()
        #expect(runs.map(\.model) == [.gan] && runs.map(\.bundlePath) == [bundlePath])
        #expect(runs.map(\.isBegun) == [false])
        #expect(folder.names() == ["weights"])
    }

    @Test("a bundle whose run is a record, without its checkpoint, is not trained again")
    func record() throws {
        let finished = try run(epochs: 2, done: 2)
        try writeBundle(finished.bundle(after: 2))
        try FileManager.default.removeItem(atPath: finished.path + "/checkpoint")
        #expect(try missing().isEmpty)
        try FileManager.default.removeItem(atPath: finished.path + "/curves.csv")
        expectRefusal()
    }

    @Test("a bundle that was made elsewhere is not replaced, whatever it is")
    func otherBundle() throws {
        try writeBundle(SampleBundle.encoded())
        expectRefusal()
        try writeBundle(Array("notes".utf8))
        expectRefusal()
        // That of a run which is no longer there.
        try writeBundle(run(epochs: 1, done: 1).bundle(after: 1))
        try FileManager.default.removeItem(atPath: folder.path("runs"))
        expectRefusal()
        // The same recipe, begun anew: no epoch of it is in the bundle.
        _ = try run(epochs: 1, done: 0)
        expectRefusal()
    }

    @Test("a stopped run goes on, and its own bundle may be replaced")
    func ownBundle() throws {
        let run = try run(epochs: 3, done: 2)
        for epoch in [1, 2] {
            try writeBundle(run.bundle(after: epoch))
            #expect(try missing().map(\.isBegun) == [true])
        }
        // Of an epoch that the run has not reached, and of other data or another seed.
        try writeBundle(run.bundle(after: 3))
        expectRefusal()
        var manifest = run.manifest(after: 2)
        manifest.seed += 1
        try writeBundle(SampleBundle.encoded(manifest: manifest))
        expectRefusal()
        manifest = run.manifest(after: 2)
        manifest.dataSetSHA256 = String(repeating: "1", count: 64)
        try writeBundle(SampleBundle.encoded(manifest: manifest))
        expectRefusal()
    }

    @Test("a finished run with a bundle is left alone, whatever the bundle is of")
    func finished() throws {
        _ = try run(epochs: 1, done: 1)
        #expect(try missing().count == 1)
        try writeBundle(SampleBundle.encoded())
        #expect(try missing() == [])
    }

    @Test("a run that cannot go on, and a bundle that cannot be written, are found before any training")
    func impossible() throws {
        try FileManager.default.createDirectory(atPath: bundlePath, withIntermediateDirectories: true)
        #expect(throws: RunError.self) { try missing() }
        try FileManager.default.removeItem(atPath: weights)
        folder.write([], to: "weights")
        #expect(throws: RunError.self) { try missing() }
        try FileManager.default.removeItem(atPath: weights)
        _ = try run(epochs: 2, done: 1)
        let other = DataSet(
            images: TinyRun.data.images, labels: TinyRun.data.labels,
            digest: String(repeating: "1", count: 64))
        #expect(throws: RunError.self) {
            try MissingRun.all(of: [.gan], runs: folder.path("runs"), weights: weights, data: other)
        }
    }
}
