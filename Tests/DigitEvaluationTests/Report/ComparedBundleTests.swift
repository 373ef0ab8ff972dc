import DigitTraining
import Foundation
import TestSupport
import Testing
import TrainingTestSupport
import DigitModel

@testable import DigitEvaluation

@Suite("Bundles to be compared")
struct ComparedBundleTests {
    private let folder = TemporaryFolder()
    private let name = "cdcgan.safetensors.zst"

    @Test("a bundle is read under the name of its model")
    func ownName() throws {
        let bytes = try SampleBundle.encoded(layersOf: .cdcgan, named: .cdcgan)
        folder.write(bytes, to: name)
        let bundle = try ComparedBundle(of: .cdcgan, in: folder.path, runs: folder.path)
        #expect(bundle.model == .cdcgan && bundle.size == bytes.count && bundle.run == nil)
    }

    @Test(
        "a bundle under the name of another model is refused with the file and what it is of",
        arguments: [
            (ModelName.cdcgan, ModelName.gan, "contains gan instead"),
            (.gan, .cdcgan, "a cdcgan of other layers"),
        ])
    func otherName(layers: ModelName, says: ModelName, mention: String) throws {
        let path = folder.write(try SampleBundle.encoded(layersOf: layers, named: says), to: name)
        let error = #expect(throws: EvaluationError.self) {
            try ComparedBundle(of: .cdcgan, in: folder.path, runs: nil)
        }
        let text = error?.description ?? ""
        #expect(
            text.contains(path) && text.contains(mention) && text.contains("this program's cdcgan"), "\(text)"
        )
    }

    @Test("the course of a run is told up to its checkpoint, though its curves are an epoch ahead")
    func curvesAhead() throws {
        let run = try TinyRun(in: folder.path, epochs: 3, done: 2)
        let manifest = run.manifest(after: 2)
        #expect(try ComparedBundle.run(run.path, of: manifest)?.epochs.count == 2)
        // As a process leaves them that is killed between writing curves and checkpoint.
        var curves = try CurvesFile(resuming: run.path + "/curves.csv", epochCount: 2)
        try curves.append(TinyRun.epoch(3))
        #expect(try ComparedBundle.run(run.path, of: manifest)?.epochs.count == 2)
        #expect(try ComparedBundle.run(run.path, of: run.manifest(after: 1)) == nil)
    }

    @Test("a run without its checkpoint is told if its curves have all epochs")
    func withoutCheckpoint() throws {
        let run = try TinyRun(in: folder.path, epochs: 2, done: 2)
        try FileManager.default.removeItem(atPath: run.path + "/checkpoint")
        #expect(try ComparedBundle.run(run.path, of: run.manifest(after: 2))?.epochs.count == 2)
        #expect(try ComparedBundle.run(run.path, of: run.manifest(after: 1)) == nil)
        let shorter = try TinyRun(in: folder.path + "/other", epochs: 2, done: 1)
        try FileManager.default.removeItem(atPath: shorter.path + "/checkpoint")
        #expect(try ComparedBundle.run(shorter.path, of: shorter.manifest(after: 2)) == nil)
    }
}
