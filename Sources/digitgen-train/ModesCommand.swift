import ArgumentParser
import CommandLineSupport
import DigitImaging
import DigitTraining

/// `modes`: how much of what there is each method learns to draw.
struct ModesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modes",
        abstract: "Count the modes that methods of training reach on Stacked MNIST.",
        discussion: """
            Trains a generator of three digits at once, one in each channel, by each METHOD on equally many images, \
            draws 26,000 from it and has the judge say which of the 1,000 combinations they show. KL is the divergence \
            of their shares from even ones; that of real digits stands beside it.

            METHOD is gan or dcgan, alone or with a remedy (gan-manifold, gan-minibatch-deviation, and so on), or \
            relativistic; all seven without it. FOLDER receives a result METHOD.json each. A method whose result is \
            there is not trained again, so a command that was stopped goes on with the next method, and several may \
            train side by side.
            """)

    @Argument(help: ArgumentHelp("The methods.", valueName: "method"))
    var methods: [ModeMethod] = []

    @Option(
        help: ArgumentHelp("Directory with MNIST's four files, plain or .gz.", valueName: "dir"),
        transform: PathNames.folder)
    var data: String

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
        help: ArgumentHelp("Of the stacked digits, the weights and the latents.", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64 = 1

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(help: "Print one line of JSON.")
    var json = false

    mutating func validate() throws {
        if Set(methods).count != methods.count { throw ValidationError("a method is named twice") }
    }

    func run() throws {
        let stop = StopSignal()
        let parallel = try threadOptions.parallel()
        let data = try EvaluationData.load(directory: self.data)
        try RunDirectory.makeDirectories(output)
        let judge = try JudgeCache.judge(of: data.training, parallel: parallel)
        let trial = ModeTrial(digits: data.training, judge: judge, parallel: parallel)
        let results = try (methods.isEmpty ? ModeMethod.allCases : methods).map { method in
            try result(of: method, trial, dataSetSHA256: data.training.digest, stop)
        }
        let table = ModeTable(results: results, real: trial.realCoverage(of: data.test, seed: seed))
        try StandardOutput.print(json ? table.json : table.text)
    }

    /// The result that is there, or that of a training.
    private func result(
        of method: ModeMethod, _ trial: ModeTrial, dataSetSHA256: String, _ stop: StopSignal
    ) throws -> ModeResult {
        let path = ModeResult.path(of: method, in: output)
        if FileStatus.size(path) != nil {
            let settings = ModeResult.Settings(
                method: method, epochs: epochs, seed: seed, dataSetSHA256: dataSetSHA256)
            return try ModeResult.read(path).required(settings)
        }
        StandardError.print("training \(method.rawValue)")
        guard let result = trial.run(method, epochs: epochs, seed: seed, until: stop) else {
            throw StoppedBySignal(signal: stop.received ?? 0)
        }
        try result.write(path)
        return result
    }
}

extension ModeMethod: ExpressibleByArgument {}
