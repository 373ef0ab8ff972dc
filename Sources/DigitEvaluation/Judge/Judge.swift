import DigitDataSets
import DigitTraining
import NeuralNetwork
import Platform

/// The classifier that judges digits. It is trained on the training images once, then kept in a cache.
package struct Judge {
    /// The version of network and training. Every change raises it, so that older judges in a cache are not used.
    private static let version = 1
    package static let training = ClassifierTraining(epochs: 8, batchSize: 128, peakRate: 2e-3, seed: 20_21)

    package let classifier: DigitClassifier

    /// The judge of a training set, from the cache or newly trained and put there. A damaged one is replaced.
    ///
    /// A cache that cannot be used is no error: the judge is trained again by the next command.
    ///
    /// - Parameters:
    ///   - cache: directory of judges; made if it does not exist.
    ///   - progress: receives lines about the progress of a training.
    package static func load(
        training data: DataSet, cache: String, parallel: Parallel, progress: (String) -> Void
    ) -> Judge {
        load(training: data, by: training, cache: cache, parallel: parallel, progress: progress)
    }

    /// `load` with a training of one's choice.
    static func load(
        training data: DataSet, by training: ClassifierTraining, cache: String, parallel: Parallel,
        progress: (String) -> Void
    ) -> Judge {
        if let judge = cached(training: data, cache: cache, parallel: parallel) { return judge }
        let path = path(of: data, in: cache)
        var obstacle = obstacle(to: path, in: cache)
        if let obstacle { progress(notKept(obstacle)) }
        progress(
            "training the judge, \(obstacle == nil ? "once for these data" : "for this command only"): "
                + "\(training.epochs) epochs")
        let classifier = training.train(images: data.images, labels: data.labels, parallel: parallel) {
            progress("judge: epoch \($0) of \(training.epochs), loss \($1)")
        }
        let judge = Judge(classifier: classifier)
        guard obstacle == nil else { return judge }
        do { try judge.write(path) } catch { obstacle = "\(error)" }
        if let obstacle { progress(notKept(obstacle)) }
        return judge
    }

    /// The judge of these data if the cache has one; none is trained.
    package static func cached(training data: DataSet, cache: String, parallel: Parallel) -> Judge? {
        let path = path(of: data, in: cache)
        // Opening a pipe would block.
        return FileStatus.size(path) == nil ? nil : try? read(path, parallel: parallel)
    }

    /// The path of the judge of these data.
    static func path(of data: DataSet, in cache: String) -> String {
        "\(cache)/judge-\(version)-\(data.digest.prefix(16))"
    }

    /// The reason why no judge can be cached at `path`; nil if it can.
    private static func obstacle(to path: String, in cache: String) -> String? {
        guard FileStatus.size(path) != nil || !FileBytes.exists(path) else {
            return "\(path) is not a regular file"
        }
        do {
            try RunDirectory.makeDirectories(cache)
            try AtomicFile.probe(path)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private static func notKept(_ obstacle: String) -> String {
        "the judge cannot be cached and will be trained again next time: \(obstacle); "
            + "set DIGITGEN_CACHE to another folder"
    }

    private var arrays: [(name: String, values: Tensor)] {
        (classifier.parameters + classifier.statistics).map { ($0.name, $0.value) }
    }

    func write(_ path: String) throws(RunError) {
        let writer = try CheckpointWriter(path: path)
        for (name, values) in arrays { try writer.add(name, floats: values) }
        try writer.finish()
    }

    private static func read(_ path: String, parallel: Parallel) throws(RunError) -> Judge {
        let checkpoint = try Checkpoint.load(path)
        var random = RandomSource(seed: training.seed)
        let judge = Judge(classifier: DigitClassifier(random: &random, parallel: parallel))
        for (name, values) in judge.arrays { try checkpoint.copyFloats(name, into: values) }
        return judge
    }
}
