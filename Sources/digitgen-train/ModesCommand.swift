import ArgumentParser
import CommandLineSupport
import DigitEvaluation
import DigitTraining
import Platform

/// `modes`: counts the modes that methods of training reach.
struct ModesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modes",
        abstract: "Count the modes that methods of training reach on Stacked MNIST.",
        discussion: """
            Trains a generator of three digits at once, one in each channel, by each METHOD on equally many images, \
            draws 26,000 images from it and counts which of the 1,000 combinations of digits the judge sees. KL is the \
            divergence of their shares from uniform ones.

            METHOD is gan or dcgan, alone or with a remedy (gan-manifold, gan-minibatch-deviation, and so on), or \
            relativistic; the default is all seven. Each result is written to FOLDER/METHOD.json. A method with a \
            result is not trained again, so a stopped command can be repeated, and several can run side by side.
            """)

    @Argument(help: ArgumentHelp("The methods.", valueName: "method"))
    var methods: [ModeMethod] = []

    @OptionGroup var dataOptions: DataOptions

    @Option(
        help: ArgumentHelp("Folder of results; made if it does not exist.", valueName: "folder"),
        transform: PathNames.folder)
    var output: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over 128,000 stacked digits.", valueName: "e"),
        transform: Numbers.within(1...1000))
    var epochs = 3

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Random seed of stacked digits, weights and latents.", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64 = 1

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(help: "Print one line of JSON.")
    var json = false

    mutating func validate() throws {
        if Set(methods).count != methods.count { throw ValidationError("duplicate method") }
    }

    func run() throws {
        let parallel = try threadOptions.parallel()
        let data = try EvaluationData.load(directory: dataOptions.data)
        try RunDirectory.makeDirectories(output)
        let methods = methods.isEmpty ? ModeMethod.allCases : methods
        // Report what cannot be used or written before hours of work.
        let found = try methods.map { try finished($0, dataSetSHA256: data.training.digest) }
        let judge = JudgeCache.judge(of: data.training, parallel: parallel)
        let trial = ModeTrial(digits: data.training, judge: judge, parallel: parallel)
        let results = try zip(methods, found).map { method, found in try found ?? train(method, trial) }
        let table = ModeTable(results: results, real: trial.realCoverage(of: data.test, seed: seed))
        try StandardOutput.print(json ? table.json : table.text)
    }

    /// The result that is there; nil where none is, and where it can be written.
    private func finished(_ method: ModeMethod, dataSetSHA256: String) throws -> ModeResult? {
        let path = ModeResult.path(of: method, in: output)
        guard FileStatus.size(path) != nil else {
            try AtomicFile.probe(path)
            return nil
        }
        let settings = ModeResult.Settings(
            method: method, epochs: epochs, seed: seed, dataSetSHA256: dataSetSHA256)
        return try ModeResult.read(path).required(settings, path: path)
    }

    /// The result of a training. A signal ends it; the methods before it have theirs.
    private func train(_ method: ModeMethod, _ trial: ModeTrial) throws -> ModeResult {
        StandardError.print("training \(method.rawValue)")
        return try StopSignal.watched { stop in
            guard let result = trial.run(method, epochs: epochs, seed: seed, until: stop) else {
                throw StoppedBySignal(signal: stop.received ?? 0)
            }
            try result.write(ModeResult.path(of: method, in: output))
            return result
        }
    }
}

extension ModeMethod: ExpressibleByArgument {}
