import DigitDataSets
import DigitModel
import NeuralNetwork
import Platform

/// One run of `fit`: trains epoch by epoch and keeps the run's directory up to date.
package final class TrainingRun {
    /// How a run ended.
    package enum Outcome: Equatable, Sendable {
        /// All epochs are done.
        case complete
        /// A signal came; the checkpoint is that of `epoch`, or there is none for 0.
        case stopped(signal: Int32, epoch: Int)
    }

    private let directory: RunDirectory
    private let configuration: RunConfiguration
    private let trainer: Trainer
    private var curves: CurvesFile
    /// Watches samples every few epochs and warns in the run's log; nil for none.
    package var watch: (any TrainingWatch)?

    /// Starts a run, or with `resume` goes on from the checkpoint of the one that is there.
    ///
    /// - Throws: `RunError`; among others `.alreadyExists` without `resume` where there is a run,
    ///   `.differentSetting` where `settings` or the data are not those of the run to be resumed.
    package init(
        model: ModelName, settings: RunConfiguration.Settings, data: DataSet, path: String, resume: Bool,
        parallel: Parallel
    ) throws(RunError) {
        var configuration: RunConfiguration
        if resume {
            directory = try RunDirectory.existing(path)
            let old = try RunConfiguration.read(directory.configurationPath)
            configuration = try old.resumed(
                model: model, settings: settings, dataSetSHA256: data.digest,
                path: directory.configurationPath)
            // Old runs do not record them.
            configuration.classes = data.classes
            try TrainingRun.check(configuration, imageCount: data.count)
        } else {
            configuration = RunConfiguration(
                model: model, settings: settings, dataSetSHA256: data.digest, classes: data.classes)
            try TrainingRun.check(configuration, imageCount: data.count)
            directory = try RunDirectory.create(path, configuration: configuration)
        }
        trainer = Trainer(
            recipe: try configuration.makeRecipe(), images: data.images, labels: data.labels,
            parallel: parallel)
        self.configuration = configuration
        if resume, try TrainingRun.hasCheckpoint(directory) {
            try trainer.restore(Checkpoint.load(directory.checkpointPath), of: configuration)
            curves = try CurvesFile(resuming: directory.curvesPath, epochCount: trainer.epoch)
        } else {
            curves = CurvesFile(new: directory.curvesPath)
        }
        // Last: a run that cannot be continued stays what it is.
        if resume { try directory.write(configuration) }
    }

    /// Returns true if there is a checkpoint to resume from. Without one a run starts anew, if that loses nothing.
    private static func hasCheckpoint(_ directory: RunDirectory) throws(RunError) -> Bool {
        guard FileBytes.isFree(directory.checkpointPath) else { return true }
        let error = try withoutCheckpoint(directory.path)
        if case .onlyRecord = error { throw error }
        return false
    }

    /// The error of a run at `path` whose checkpoint is needed, and is not there.
    static func withoutCheckpoint(_ path: String) throws(RunError) -> RunError {
        let curves = RunDirectory.curvesPath(in: path)
        let epochs = FileBytes.isFree(curves) ? 0 : try CurvesFile.read(curves).count
        // A run that ended in its first epoch may have written the curves and no checkpoint yet.
        return epochs <= 1 ? .noCheckpoint(path: path) : .onlyRecord(path: path, epochs: epochs)
    }

    /// The number of finished epochs.
    package var epoch: Int { trainer.epoch }

    /// Returns true if the directory at `path` holds a run that has all its epochs, by whatever recipe.
    ///
    /// - Throws: `RunError` for one that cannot be read or understood.
    package static func isFinished(_ path: String) throws(RunError) -> Bool {
        let configuration = RunDirectory.configurationPath(in: path)
        let checkpoint = RunDirectory.checkpointPath(in: path)
        guard RunDirectory.holdsRun(path), FileBytes.exists(checkpoint) else { return false }
        return try Checkpoint.load(checkpoint).count("epoch") >= RunConfiguration.read(configuration).epochs
    }

    /// Trains until all epochs are done or a signal comes. What was finished before stays as it is.
    package func run(until signal: StopSignal? = nil) throws(RunError) -> Outcome {
        let display = ProgressDisplay(
            epochs: trainer.recipe.epochs, stepsPerEpoch: trainer.stepsPerEpoch, until: signal)
        if trainer.epoch == 0, trainer.recipe.guidance == .manifold {
            display.say("training the autoencoder before the first epoch")
        }
        while trainer.epoch < trainer.recipe.epochs {
            let number = trainer.epoch + 1
            let start = SystemClock.now
            let report = trainer.runEpoch(showing: display, until: signal)
            guard let report else {
                let stopped = number - 1
                display.say(
                    "stopped; " + (stopped > 0 ? "the checkpoint is of epoch \(stopped)" : "no epoch is done")
                )
                return .stopped(signal: signal?.received ?? 0, epoch: stopped)
            }
            let epoch = CurvesFile.Epoch(
                number: number, report: report, seconds: SystemClock.now - start)
            try record(epoch)
            display.didFinish(epoch)
            if let watch, TrainingRun.hasSample(epoch: number, of: trainer.recipe.epochs) {
                for warning in trainer.warnings(of: watch) { display.say(warning) }
            }
        }
        return .complete
    }

    /// Writes what an epoch leaves behind. The checkpoint comes last: a run that ends in between goes on from
    /// the checkpoint before, and writes the rest again.
    private func record(_ epoch: CurvesFile.Epoch) throws(RunError) {
        try directory.requireLock()
        try curves.append(epoch)
        if TrainingRun.hasSample(epoch: epoch.number, of: trainer.recipe.epochs) {
            try SampleGrid.write(
                trainer.sampleImages(), size: trainer.recipe.architecture.imageSize,
                to: directory.samplePath(epoch: epoch.number))
        }
        try trainer.save(to: directory.checkpointPath, of: configuration)
    }

    /// After the first epoch, the last, and about every tenth part of the run.
    static func hasSample(epoch: Int, of epochs: Int) -> Bool {
        epoch == 1 || epoch == epochs || epoch.isMultiple(of: max(1, epochs / 10))
    }

    /// Checks that the processor has the precision, and that the data and the memory suffice for the batches.
    static func check(
        _ configuration: RunConfiguration, imageCount: Int, memoryLimit: Int = MemoryLimit.bytes
    ) throws(RunError) {
        try configuration.precision.requireAvailable()
        let batchSize = configuration.batchSize
        guard batchSize <= imageCount else {
            throw .batchTooLarge(batchSize: batchSize, images: imageCount)
        }
        let memory = try configuration.makeRecipe().memory
        guard memory <= memoryLimit else {
            throw .notEnoughMemory(batchSize: batchSize, bytes: memory, limit: memoryLimit)
        }
    }
}

extension Trainer {
    /// Trains the next epoch and shows its steps; nil if `signal` came before its end, and then it does not count.
    package func runEpoch(showing display: ProgressDisplay, until signal: StopSignal?) -> StepReport? {
        let number = epoch + 1
        return runEpoch(
            didStep: { step, report in
                display.didStep(epoch: number, step: step, report: report)
                return signal?.received == nil
            },
            shouldPrepare: { signal?.received == nil })
    }
}

extension CurvesFile.Epoch {
    /// An epoch whose steps had this mean report.
    package init(number: Int, report: StepReport, seconds: Double) {
        self.init(
            number: number, generatorLoss: report.generatorLoss, discriminatorLoss: report.discriminatorLoss,
            realProbability: report.realProbability, generatedProbability: report.generatedProbability,
            seconds: seconds)
    }
}

extension Precision {
    /// - Throws: `RunError.unavailablePrecision` if this processor lacks the instructions.
    package func requireAvailable() throws(RunError) {
        guard isAvailable else { throw .unavailablePrecision(self) }
    }
}
