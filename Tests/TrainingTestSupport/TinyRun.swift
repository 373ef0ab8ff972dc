import DigitDataSets
import DigitModel
import DigitTraining
import TestSupport

/// What a run of `gan` leaves that only looks as if it had trained, in a folder of runs, and bundles that say they are
/// of it.
package struct TinyRun {
    package static let data = {
        let tiny = TinyData(count: 8, seed: 5)
        return DataSet(images: tiny.images, labels: tiny.labels, digest: String(repeating: "0", count: 64))
    }()

    package let path: String
    package let configuration: RunConfiguration

    /// A run with `done` of so many epochs behind it.
    package init(in runs: String, epochs: Int, done: Int) throws {
        path = runs + "/gan"
        configuration = RunConfiguration(
            model: .gan, settings: .init(epochs: epochs, batchSize: 8), dataSetSHA256: TinyRun.data.digest)
        let directory = try RunDirectory.create(path, configuration: configuration)
        guard done > 0 else { return }
        let checkpoint = try CheckpointWriter(path: directory.checkpointPath)
        try checkpoint.add("epoch", integer: UInt64(done))
        try checkpoint.finish()
        var curves = CurvesFile(new: directory.curvesPath)
        for number in 1...done { try curves.append(TinyRun.epoch(number)) }
    }

    package static func epoch(_ number: Int) -> CurvesFile.Epoch {
        CurvesFile.Epoch(
            number: number, generatorLoss: 1, discriminatorLoss: 1, realProbability: 0.5,
            generatedProbability: 0.5, seconds: 1)
    }

    /// What a bundle of the run says of itself.
    package func manifest(after epoch: Int) -> Manifest {
        Manifest(
            modelName: "gan", recipe: configuration.recipe(after: epoch), seed: configuration.seed,
            dataSetSHA256: configuration.dataSetSHA256, metrics: [], programVersion: "0.1.0")
    }

    /// The bytes of a bundle that says so, if of other layers.
    package func bundle(after epoch: Int) throws -> [UInt8] {
        try SampleBundle.encoded(isConditional: false, manifest: manifest(after: epoch))
    }
}
