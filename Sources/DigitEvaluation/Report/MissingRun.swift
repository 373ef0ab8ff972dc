import DigitDataSets
import DigitModel
import DigitTraining
import Platform

/// A model that must be trained before it can be compared: it has no finished run, or no bundle of one.
package struct MissingRun: Sendable, Equatable {
    package let model: ModelName
    /// Directory of the run.
    package let path: String
    /// The bundle that is to be made of it.
    package let bundlePath: String

    private var configurationPath: String { RunDirectory.configurationPath(in: path) }
    private var checkpointPath: String { RunDirectory.checkpointPath(in: path) }

    /// True if there is a run that will be continued.
    package var isBegun: Bool { RunDirectory.holdsRun(path) }

    /// The ones of `models` that must be trained on these data, in their order. If there are any, the folder of weights
    /// is made.
    ///
    /// - Parameters:
    ///   - runs: folder of runs, each named after its model.
    ///   - weights: folder of bundles.
    /// - Throws: `RunError` for a run that cannot be continued, a bundle that cannot be made, and `.otherBundle` for
    ///   one that would be replaced but was not made of the run.
    package static func all(
        of models: [ModelName], runs: String, weights: String, data: DataSet
    ) throws(RunError) -> [MissingRun] {
        var missing: [MissingRun] = []
        for model in models {
            let run = MissingRun(
                model: model, path: "\(runs)/\(model.rawValue)",
                bundlePath: ComparedBundle.path(of: model, in: weights))
            if FileStatus.size(run.bundlePath) != nil {
                if try TrainingRun.isFinished(run.path) { continue }
                if try run.isRecord() { continue }
            }
            try run.requireOwn(data)
            missing.append(run)
        }
        if !missing.isEmpty { try RunDirectory.makeDirectories(weights) }
        for run in missing {
            do { try NamedOutput.probe(run.bundlePath) } catch { throw .output(error) }
        }
        return missing
    }

    /// Returns true if only the record of the bundle's run is left: there is nothing to train.
    private func isRecord() throws(RunError) -> Bool {
        guard !FileBytes.exists(checkpointPath), let manifest = bundleManifest else { return false }
        return try ComparedBundle.run(path, of: manifest) != nil
    }

    /// The run must go on with these data, and the bundle, if there is one, must be of it.
    private func requireOwn(_ data: DataSet) throws(RunError) {
        let configuration = isBegun ? try RunConfiguration.read(configurationPath) : nil
        _ = try configuration?.resumed(
            model: model, settings: RunConfiguration.Settings(), dataSetSHA256: data.digest,
            path: configurationPath)
        guard FileBytes.exists(bundlePath) else { return }
        guard let configuration, try hasBundle(of: configuration) else {
            throw .otherBundle(path: bundlePath, run: path)
        }
    }

    /// Returns true if the existing bundle was made of this run, after any of its epochs.
    private func hasBundle(of configuration: RunConfiguration) throws(RunError) -> Bool {
        guard FileBytes.exists(checkpointPath), let manifest = bundleManifest else { return false }
        let epoch = min(try Checkpoint.load(checkpointPath).count("epoch"), configuration.epochs)
        return epoch > 0 && (1...epoch).contains { configuration.made(manifest, after: $0) }
    }

    /// Of the existing bundle; nil for a file that is none.
    private var bundleManifest: Manifest? {
        FileStatus.contents(bundlePath, limit: Bundle.fileLimit).flatMap {
            try? Bundle(compressed: $0).manifest
        }
    }
}
