import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitTraining
import WeightBundle

/// `compare`: the paper's experiment in one command.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare models in one self-contained HTML report.",
        discussion: """
            Measures the bundles NAME.safetensors.zst in the folder of weights, and tells how the runs in the folder of \
            runs (RUNS/NAME, as fit leaves them) went, if the bundles were made of them. With --train a model without \
            a finished run is trained there first and its bundle made from it; a run that was stopped is continued. \
            That takes hours: see fit.

              digitgen-train compare --data mnist/ --runs runs/ -o report.html
              digitgen-train compare --data mnist/ --runs runs/ --weights new/ --train gan dcgan -o report.html
            """)

    @Argument(help: "The models to compare; all that there are bundles of without it.")
    var models: [ModelName] = []

    @Option(help: ArgumentHelp("Directory with MNIST's four files, plain or .gz.", valueName: "dir"))
    var data: String

    @Option(help: ArgumentHelp("Folder of bundles.", valueName: "dir"))
    var weights = "weights"

    @Option(help: ArgumentHelp("Folder of training runs, each named after its model.", valueName: "dir"))
    var runs: String?

    @Option(
        help: ArgumentHelp("Folder of results that modes wrote, to be told in the report.", valueName: "dir"))
    var modes: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The report.", valueName: "file"))
    var output: String

    @Flag(help: "Train models that have no finished run in --runs.")
    var train = false

    @Flag(help: "Add the classification accuracy score, which trains a network for each model.")
    var cas = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Of the digits drawn.", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64 = 1

    @OptionGroup var threadOptions: ThreadOptions

    mutating func validate() throws {
        if train, runs == nil { throw ValidationError("--train needs --runs, the folder to train in") }
        if Set(models).count != models.count { throw ValidationError("a model is named twice") }
    }

    func run() throws {
        let parallel = try threadOptions.parallel()
        let data = try EvaluationData.load(directory: self.data)
        // What cannot be read or written is told before the hours of work.
        let modeResults = try modes.map {
            try ModeTable.results(in: $0, dataSetSHA256: data.training.digest)
        }
        if !train, let runs, !FileStatus.isFolder(runs) { throw RunError.noRuns(path: runs) }
        try NamedOutput.probe(output)
        if train, let runs { try trainMissing(in: runs, training: data.training, parallel: parallel) }
        let chosen =
            models.isEmpty ? ModelName.allCases.filter { FileStatus.size(bundlePath($0)) != nil } : models
        guard !chosen.isEmpty else {
            throw ValidationError(
                "there is no bundle in \(weights); name a folder that has some with --weights")
        }
        let judge = try JudgeCache.judge(of: data.training, parallel: parallel)
        let evaluation = Evaluation(judge: judge, data: data, parallel: parallel)
        let measured = try chosen.map { name in
            StandardError.print("measuring \(name.rawValue)")
            return try compared(name, evaluation, parallel)
        }
        let report = ComparisonReport(
            models: measured, real: evaluation.measureReal(), training: data.training,
            judgeAccuracy: evaluation.judgeAccuracy,
            modes: modeResults.map {
                ModeTable(
                    results: $0,
                    real: ModeTrial(digits: data.training, judge: judge, parallel: parallel)
                        .realCoverage(of: data.test, seed: seed))
            })
        try letFinish(writing: output) { try NamedOutput.write(Array(report.html().utf8), to: output) }
    }

    private func bundlePath(_ name: ModelName) -> String { "\(weights)/\(name.rawValue).safetensors.zst" }

    private func compared(_ name: ModelName, _ evaluation: Evaluation, _ parallel: Parallel) throws
        -> ComparedModel
    {
        let subject = try EvaluationSubject(
            file: bundlePath(name), labels: nil, seed: seed, withClassification: cas, parallel: parallel)
        let run = try runs.flatMap { try ComparedModel.run(of: name, in: $0, bundle: bundlePath(name)) }
        return ComparedModel(
            name: name, run: run,
            quality: evaluation.measure(subject.digits, classification: subject.classification),
            digits: ComparedModel.hundred(of: subject.digits),
            bundleSize: FileStatus.size(bundlePath(name)) ?? 0)
    }

    /// Trains what has no finished run, and makes bundles of what was trained.
    private func trainMissing(in runs: String, training: DataSet, parallel: Parallel) throws {
        let stop = StopSignal()
        try RunDirectory.makeDirectories(weights)
        for name in models.isEmpty ? ModelName.allCases : models {
            let path = "\(runs)/\(name.rawValue)"
            let hasBundle = FileStatus.size(bundlePath(name)) != nil
            if hasBundle, try TrainingRun.isFinished(path) { continue }
            let exists = FileStatus.size("\(path)/\(RunDirectory.configurationName)") != nil
            let run = try TrainingRun(
                model: name, settings: RunConfiguration.Settings(), data: training, path: path,
                resume: exists, parallel: parallel)
            StandardError.print("training \(name.rawValue) in \(path)")
            if case .stopped(let signal, _) = try run.run(until: stop) {
                throw StoppedBySignal(signal: signal)
            }
            let finished = try FinishedGenerator.load(run: path, parallel: parallel)
            let quantized = try QuantizedGenerator(finished.generator, parallel: parallel)
            let bundle = try finished.bundle(quantized, programVersion: ProgramVersion.text)
            try AtomicFile.write(bundle.encoded(), to: bundlePath(name))
        }
    }
}
