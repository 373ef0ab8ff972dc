import ArgumentParser
import CommandLineSupport
import DigitEvaluation
import DigitTraining
import NeuralNetwork
import Platform

/// `modes`: counts the modes that methods of training reach.
struct ModesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modes",
        abstract: "Count the modes that methods of training reach.",
        discussion: """
            Trains a generator by each METHOD on equally many samples of data whose modes are known, draws from it and \
            counts. Gaussians: how many it finds, and the share of good points, within 3 deviations of one. Digits: which \
            classes the judge sees, and the share of good images, whose digits all look real to it; stacked shows three \
            digits at once, one in each channel, 1,000 combinations. KL is the divergence of the modes' shares from uniform \
            ones.

            METHOD is gan or dcgan, alone or with a remedy (gan-manifold, gan-minibatch-deviation, gan-packing, \
            gan-unrolling, gan-wasserstein, and the same with dcgan), gan-relativistic, or relativistic, which has the \
            networks of dcgan; the default is all that suit SET. Each result is written to FOLDER/SET-METHOD-SEED.json. \
            Existing results are kept, so a stopped command can be repeated, and several can run side by \
            side.

            --precision bfloat16 rounds as in fit; gan-unrolling, gan-wasserstein and the same with dcgan stay in float32.
            """)

    @Argument(help: ArgumentHelp("The methods.", valueName: "method"))
    var methods: [ModeMethod] = []

    @Option(help: ArgumentHelp("The data: gaussians-8, gaussians-25, mnist or stacked.", valueName: "set"))
    var set = ModeSet.stacked

    @Option(
        help: ArgumentHelp(
            "Folder of labelled digits, for mnist and stacked: MNIST's four files, or what digitgen dataset wrote.",
            valueName: "dir"),
        transform: PathNames.folder)
    var data: String?

    @Option(
        help: ArgumentHelp("Folder of results; made if it does not exist.", valueName: "folder"),
        transform: PathNames.folder)
    var output: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Passes: over 128,000 points or stacked digits, 60,000 digits. (default: 40 for Gaussians, 5 for mnist, "
                + "3 for stacked)", valueName: "e"),
        transform: Numbers.within(1...1000))
    var epochs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Random seeds of data, weights and latents, separated by commas. (default: 1)", valueName: "s"),
        transform: Seeds.parse)
    var seeds: Seeds = Seeds(values: [1])

    @Option(
        help: ArgumentHelp(
            "Of matrix products, for mnist and stacked: float32, or bfloat16 on processors with AVX512_BF16.",
            valueName: "p"))
    var precision = Precision.float32

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(
        help: ArgumentHelp(
            "Also draw what is counted to FOLDER/SET-METHOD-SEED: the points over the modes as .svg, a hundred images of "
                + "digits as .png, those of stacked as numbers of three digits. A result without its picture is trained "
                + "again."))
    var pictures = false

    @Flag(help: "Print one line of JSON.")
    var json = false

    mutating func validate() throws {
        if Set(methods).count != methods.count { throw ValidationError("duplicate method") }
        if let method = methods.first(where: { !set.methods.contains($0) }) {
            throw ValidationError(
                "\(method.rawValue) draws images; expected one of "
                    + set.methods.map(\.rawValue).joined(separator: ", ") + " for --set \(set.rawValue)")
        }
        if set.mixture == nil, data == nil {
            throw ValidationError("--set \(set.rawValue) requires --data, a folder of labelled digits")
        }
        if set.mixture != nil, data != nil {
            throw ValidationError("--data does not apply to --set \(set.rawValue)")
        }
        if set.mixture != nil, precision != .float32 {
            throw ValidationError(
                "--precision \(precision.rawValue) does not apply to --set \(set.rawValue): expected digits")
        }
    }

    private var passes: Int { epochs ?? set.standardEpochs }

    /// A method with a seed, and its result if there is one.
    private struct Task {
        let method: ModeMethod
        let seed: UInt64
        let found: ModeResult?
    }

    func run() throws {
        try precision.requireAvailable()
        let parallel = try threadOptions.parallel()
        let data = try data.map { try EvaluationData.load(directory: $0) }
        try RunDirectory.makeDirectories(output)
        // Report what cannot be used or written before hours of work.
        let tasks = try seeds.values.flatMap { seed in
            try (methods.isEmpty ? set.methods : methods).map { method in
                let found = try finished(method, seed: seed, dataSetSHA256: data?.training.digest ?? "")
                return Task(method: method, seed: seed, found: found)
            }
        }
        let digits = data.map {
            ModeTrial.Digits(
                $0.training, judge: JudgeCache.judge(of: $0.training, parallel: parallel), parallel: parallel)
        }
        let trial = ModeTrial(set, digits: digits, parallel: parallel)
        let results = try tasks.map { try $0.found ?? train($0.method, seed: $0.seed, trial) }
        let table = ModeTable(
            set, results: results, real: trial.realCoverage(of: data?.test, seed: seeds.values[0]))
        try StandardOutput.print(json ? table.json : table.text)
    }

    /// The result that is there, with its picture if that is wanted; nil where none is, and where it can be written.
    private func finished(_ method: ModeMethod, seed: UInt64, dataSetSHA256: String) throws -> ModeResult? {
        let path = ModeResult.path(of: method, on: set, seed: seed, in: output)
        guard FileStatus.size(path) != nil else {
            try AtomicFile.probe(path)
            if pictures { try AtomicFile.probe(picturePath(method, seed: seed)) }
            return nil
        }
        let settings = ModeResult.Settings(
            set: set, method: method, epochs: passes, seed: seed, precision: precision,
            dataSetSHA256: dataSetSHA256)
        let result = try ModeResult.read(path).required(settings, path: path)
        guard pictures, FileStatus.size(picturePath(method, seed: seed)) == nil else { return result }
        try AtomicFile.probe(picturePath(method, seed: seed))
        return nil
    }

    private func picturePath(_ method: ModeMethod, seed: UInt64) -> String {
        ModeResult.path(
            of: method, on: set, seed: seed, in: output, extension: ModePicture.fileExtension(of: set))
    }

    /// The result of a training. A signal ends it; the methods before it have theirs.
    private func train(_ method: ModeMethod, seed: UInt64, _ trial: ModeTrial) throws -> ModeResult {
        StandardError.print("training \(method.rawValue) on \(set.rawValue), seed \(seed)")
        return try StopSignal.watched { stop in
            guard
                let result = try trial.run(
                    method, epochs: passes, seed: seed, precision: precision, until: stop,
                    picturing: pictures ? { try $0.write(to: picturePath(method, seed: seed)) } : nil)
            else { throw StoppedBySignal(signal: stop.received ?? 0) }
            try result.write(ModeResult.path(of: method, on: set, seed: seed, in: output))
            return result
        }
    }
}

/// Random seeds, separated by commas, each once.
struct Seeds: Equatable {
    let values: [UInt64]

    static func parse(_ text: String) throws -> Seeds {
        let values = try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try Numbers.within(0...UInt64.max)(String($0))
        }
        if Set(values).count != values.count { throw ValidationError("duplicate seed") }
        return Seeds(values: values)
    }
}

extension Seeds: CustomStringConvertible {
    var description: String { values.map { "\($0)" }.joined(separator: ",") }
}

extension ModeMethod: ExpressibleByArgument {}
extension ModeSet: ExpressibleByArgument {}
