/// The classifier that judges digits: trained on the training images once, then kept in a cache.
package struct Judge {
    /// Raised whenever network or training change: an older cached judge is then not used.
    private static let version = 1
    package static let training = ClassifierTraining(epochs: 8, batchSize: 128, peakRate: 2e-3, seed: 20_21)

    package let classifier: DigitClassifier

    /// The judge of a training set, from the cache or newly trained and put there.
    ///
    /// - Parameters:
    ///   - cache: Directory of judges; made if it does not exist.
    ///   - progress: Hears what a training is at, in a line.
    /// - Throws: `RunError` if the cache cannot be read or written. A file in it that is damaged is replaced.
    package static func load(
        training data: DataSet, cache: String, parallel: Parallel, progress: (String) -> Void
    ) throws(RunError) -> Judge {
        try RunDirectory.makeDirectories(cache)
        if let judge = cached(training: data, cache: cache, parallel: parallel) { return judge }
        let path = cache + "/" + fileName(data)
        progress("training the judge, once for these data: \(training.epochs) epochs")
        let classifier = training.train(images: data.images, labels: data.labels, parallel: parallel) {
            progress("judge: epoch \($0) of \(training.epochs), loss \($1)")
        }
        let judge = Judge(classifier: classifier)
        try judge.write(path)
        return judge
    }

    /// The judge of these data if the cache has one; none is trained.
    package static func cached(training data: DataSet, cache: String, parallel: Parallel) -> Judge? {
        let path = cache + "/" + fileName(data)
        return FileBytes.exists(path) ? try? read(path, parallel: parallel) : nil
    }

    private static func fileName(_ data: DataSet) -> String { "judge-\(version)-\(data.digest.prefix(16))" }

    private var arrays: [(name: String, values: Tensor)] {
        (classifier.parameters + classifier.statistics).map { ($0.name, $0.value) }
    }

    private func write(_ path: String) throws(RunError) {
        let writer = try CheckpointWriter(path: path)
        for (name, values) in arrays {
            try writer.add(name, floats: UnsafeBufferPointer(start: values.pointer, count: values.count))
        }
        try writer.finish()
    }

    private static func read(_ path: String, parallel: Parallel) throws(RunError) -> Judge {
        let checkpoint = try Checkpoint.load(path)
        var random = RandomSource(seed: training.seed)
        useSingleThreadedBLAS()
        let judge = Judge(classifier: DigitClassifier(random: &random, parallel: parallel))
        for (name, values) in judge.arrays {
            try checkpoint.copyFloats(
                name, into: UnsafeMutableBufferPointer(start: values.pointer, count: values.count))
        }
        return judge
    }
}
