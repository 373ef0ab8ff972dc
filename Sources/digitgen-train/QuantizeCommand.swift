import ArgumentParser
import CommandLineSupport
import DigitDataSets
import DigitEvaluation
import DigitGen
import DigitTraining
import NeuralNetwork
import Platform

/// `quantize`: from a training run to the bundle that digitgen loads.
struct QuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Turn a training run into an int8 weight bundle.",
        discussion: """
            Takes the generator of RUN's checkpoint (the average of its weights where the recipe has one), folds batch \
            normalization, calibrates on 1,500 latents, turns the faintest grays black until black is as frequent as \
            in the training images, and writes a bundle for digitgen. The mean difference from the float generator's \
            pixels is printed and recorded in the bundle. The same run gives the same bundle.

            --evaluate also measures the bundle as the evaluate command does, prints the figures, and records them: \
            digitgen inspect shows them.
            """)

    @Argument(
        help: ArgumentHelp("Directory that fit wrote.", valueName: "run"), transform: PathNames.folder)
    var runPath: String

    @OptionGroup var dataOptions: DataOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The bundle, as in weights/cgan.safetensors.zst.", valueName: "file"),
        transform: PathNames.file)
    var output: String

    @Flag(help: "Measure the bundle against real test images, and record the figures.")
    var evaluate = false

    @Flag(help: "With --evaluate, leave out the classification accuracy score, which trains another network.")
    var skipCas = false

    @OptionGroup var threadOptions: ThreadOptions

    func run() throws {
        let parallel = try threadOptions.parallel()
        let finished = try FinishedGenerator.load(run: runPath, parallel: parallel)
        // Report an output that cannot be written before the work.
        try NamedOutput.probe(output)
        let halves = try evaluate ? EvaluationData.load(directory: dataOptions.data) : nil
        let training = try halves?.training ?? DataSet.load(directory: dataOptions.data, split: .train)
        var draft = try BundleDraft(
            finished, training: training, programVersion: ProgramVersion.text, parallel: parallel)
        let measured = try halves.map { try measure(draft, $0, parallel) }
        if let measured { draft.record(try measured.finiteMetrics()) }
        let bytes = try draft.encoded()
        try deferringSignals(writing: output) { try NamedOutput.write(bytes, to: output) }
        try report(
            "\(output): \(finished.configuration.model.rawValue), epoch \(finished.epoch), \(bytes.count) bytes, "
                + "pixels differ by \(fixed(draft.pixelDifference, digits: 3)) of 255 on average",
            of: output)
        if let measured { try report(measured.table, of: output) }
    }

    private func measure(
        _ draft: BundleDraft, _ data: EvaluationData, _ parallel: Parallel
    ) throws -> EvaluationReport {
        let subject = EvaluationSubject(
            draft.model, classes: draft.manifest.classes, seed: 1, withClassification: !skipCas,
            parallel: parallel)
        return JudgeCache.evaluation(with: data, parallel: parallel).report(of: subject)
    }
}

/// Writes a result to `path` with signals deferred until it is complete. A pipe or device is written to without, for
/// the other end decides how long that takes.
///
/// - Throws: what `work` throws, or `StoppedBySignal`.
func deferringSignals<Result>(writing path: String, _ work: () throws -> Result) throws -> Result {
    if PathKind(path) == .stream { return try work() }
    return try StopSignal.watched { _ in try work() }
}

/// Reports lines on what was written to `path`: on standard output, or on standard error if `path` is standard output.
func report(_ text: String, of path: String) throws(OutputError) {
    if StandardOutput.isNamed(by: path) {
        StandardError.print(text)
    } else {
        try StandardOutput.print(
            text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
                .joined(separator: "\n"))
    }
}
