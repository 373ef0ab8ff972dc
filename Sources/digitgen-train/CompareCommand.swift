import ArgumentParser
import CommandLineSupport
import DigitDataSets
import DigitEvaluation
import DigitGen
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// `compare`: the paper's experiment in one command.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare models in one self-contained HTML report.",
        discussion: """
            Measures the bundles NAME.safetensors.zst in the folder of weights and shows the losses of the runs that they \
            were made of (RUNS/NAME, as fit writes them). With --train, models without a finished run are trained first, \
            which takes hours, and their bundles are made from the runs; a stopped run is continued. A bundle that was \
            not made of the run is never replaced: use another folder for new ones.

            Runs of gan, dcgan and cgan as published (fit --as-published) are shown beside the bundles if they are in \
            RUNS/published, as gan-1, gan-2 and so on, after their seeds; --train trains three seeds of each. What is \
            measured of each is kept in its figures.json. A run that has that file, config.json and curves.csv is shown \
            without its checkpoint, so that these small files can be kept instead: docs/results has such records.

              digitgen-train compare --data mnist/ --runs runs/ -o report.html
              digitgen-train compare --data mnist/ --runs runs/ --weights new/ \\
                  --train gan dcgan -o report.html
            """)

    @Argument(help: "The models to compare. (default: all models with a bundle)")
    var models: [ModelName] = []

    @OptionGroup var dataOptions: DataOptions

    @Option(
        help: ArgumentHelp("Folder of bundles. (default: weights)", valueName: "dir"),
        transform: PathNames.folder)
    var weights = "weights"

    @Option(
        help: ArgumentHelp("Folder of training runs, each named after its model.", valueName: "dir"),
        transform: PathNames.folder)
    var runs: String?

    @Option(
        help: ArgumentHelp("Folder of results of modes, to include in the report.", valueName: "dir"),
        transform: PathNames.folder)
    var modes: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The report.", valueName: "file"), transform: PathNames.file)
    var output: String

    @Flag(help: "Train models that have no finished run in --runs.")
    var train = false

    @Option(
        help: ArgumentHelp(
            "Of matrix products in new runs: float32, or bfloat16 on processors with AVX512_BF16. (default: float32)",
            valueName: "p"))
    var precision: Precision?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Seeds, from 1, of the paper's own recipes. (default: with --train 3, otherwise all that are finished)",
            valueName: "n"),
        transform: Numbers.within(0...100))
    var publishedSeeds: Int?

    @Flag(help: "Add the classification accuracy score, which trains a network for each model.")
    var cas = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Random seed of the digits drawn. (default: 1)", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64 = 1

    @OptionGroup var threadOptions: ThreadOptions

    mutating func validate() throws {
        if train, runs == nil { throw ValidationError("--train requires --runs, the folder to train in") }
        if precision != nil, !train {
            throw ValidationError("--precision requires --train: it applies to new runs")
        }
        if publishedSeeds != nil, runs == nil {
            throw ValidationError("--published-seeds requires --runs, the folder that has them in published/")
        }
        if Set(models).count != models.count { throw ValidationError("duplicate model") }
    }

    private var newPrecision: Precision { precision ?? .float32 }

    func run() throws {
        try newPrecision.requireAvailable()
        let parallel = try threadOptions.parallel()
        let data = try EvaluationData.load(directory: dataOptions.data)
        // Report what cannot be read or written before hours of work.
        let modeResults = try modes.map {
            try ModeTable.results(in: $0, dataSetSHA256: data.training.digest)
        }
        if !train, let runs, !FileStatus.isFolder(runs) { throw RunError.noRuns(path: runs) }
        try NamedOutput.probe(output)
        let names = try chosenModels()
        let bundles = try bundles(of: names, training: data.training, parallel: parallel)
        let published = try publishedRuns(of: names, training: data.training, parallel: parallel)
        let judge = JudgeCache.judge(of: data.training, parallel: parallel)
        let evaluation = Evaluation(judge: judge, data: data, parallel: parallel)
        if let warning = evaluation.judgeWarning { StandardError.print(warning) }
        let measured = bundles.map { bundle in
            StandardError.print("measuring \(bundle.model.rawValue)")
            return compared(bundle, evaluation, parallel)
        }
        let report = ComparisonReport(
            models: measured, real: evaluation.measureReal(withClassification: cas), training: data.training,
            judgeAccuracy: evaluation.judgeAccuracy,
            published: try published?.measured(by: evaluation, seed: seed, parallel: parallel) ?? [],
            modes: modeTables(modeResults ?? [], data: data, judge: judge, parallel: parallel))
        try deferringSignals(writing: output) { try NamedOutput.write(Array(report.html().utf8), to: output) }
    }

    /// The bundles to compare, in the order of the arguments. Existing ones are read before missing ones are trained.
    private func bundles(
        of names: [ModelName], training: DataSet, parallel: Parallel
    ) throws -> [ComparedBundle] {
        let missing =
            if train, let runs {
                try MissingRun.all(of: names, runs: runs, weights: weights, data: training)
            } else { [MissingRun]() }
        func read(_ name: ModelName) throws -> ComparedBundle {
            try ComparedBundle(of: name, in: weights, runs: runs)
        }
        var bundles: [ModelName: ComparedBundle] = [:]
        for name in names where !missing.contains(where: { $0.model == name }) {
            bundles[name] = try read(name)
        }
        for run in missing {
            try train(run, on: training, parallel: parallel)
            bundles[run.model] = try read(run.model)
        }
        return names.compactMap { bundles[$0] }
    }

    /// nil without a folder of runs.
    private func publishedRuns(
        of models: [ModelName], training: DataSet, parallel: Parallel
    ) throws -> PublishedRuns? {
        guard let runs else { return nil }
        guard train else {
            return try PublishedRuns(of: models, seeds: publishedSeeds, in: runs, data: training)
        }
        return try PublishedRuns(
            of: models, seeds: publishedSeeds, trainedIn: runs, on: training, precision: newPrecision,
            parallel: parallel)
    }

    /// The tables of results of `modes`, with the coverage of real samples.
    private func modeTables(
        _ sets: [(set: ModeSet, results: [ModeResult])], data: EvaluationData, judge: Judge,
        parallel: Parallel
    ) -> [ModeTable] {
        lazy var digits = ModeTrial.Digits(data.training, judge: judge, parallel: parallel)
        return sets.map { set, results in
            let isOfDigits = set.mixture == nil
            let trial = ModeTrial(set, digits: isOfDigits ? digits : nil, parallel: parallel)
            return ModeTable(
                set, results: results,
                real: trial.realCoverage(of: isOfDigits ? data.test : nil, seed: seed))
        }
    }

    private func chosenModels() throws -> [ModelName] {
        guard models.isEmpty else { return models }
        if train { return ModelName.allCases }
        let found = ModelName.allCases.filter {
            FileStatus.size(ComparedBundle.path(of: $0, in: weights)) != nil
        }
        guard !found.isEmpty else {
            throw ValidationError(
                "no bundle in \(weights); choose a folder of bundles with --weights")
        }
        return found
    }

    private func compared(
        _ bundle: ComparedBundle, _ evaluation: Evaluation, _ parallel: Parallel
    ) -> ComparedModel {
        let subject = EvaluationSubject(bundle, seed: seed, withClassification: cas, parallel: parallel)
        return ComparedModel(
            name: bundle.model, recipe: bundle.recipe, run: bundle.run,
            quality: evaluation.measure(subject.digits, classification: subject.classification),
            digits: ComparedModel.hundred(of: subject.digits), bundleSize: bundle.size)
    }

    /// Trains a model, and makes the bundle of its run.
    private func train(_ missing: MissingRun, on training: DataSet, parallel: Parallel) throws {
        let run = try TrainingRun(
            model: missing.model,
            settings: RunConfiguration.Settings(precision: missing.isBegun ? nil : newPrecision),
            data: training, path: missing.path, resume: missing.isBegun, parallel: parallel)
        run.watch = CollapseWatch(judge: nil, data: training, parallel: parallel)
        StandardError.print("training \(missing.model.rawValue) in \(missing.path)")
        _ = try StopSignal.watched { try run.run(until: $0) }
        let finished = try FinishedGenerator.load(run: missing.path, parallel: parallel)
        let bytes = try BundleDraft(
            finished, training: training, programVersion: ProgramVersion.text, parallel: parallel
        ).encoded()
        try deferringSignals(writing: missing.bundlePath) {
            try NamedOutput.write(bytes, to: missing.bundlePath)
        }
    }
}
