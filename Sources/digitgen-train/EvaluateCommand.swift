import ArgumentParser
import CommandLineSupport
import DigitEvaluation
import Platform

/// `evaluate`: measures digits against real ones.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure generated digits against real test images.",
        discussion: """
            FILE is one of:

              a weight bundle, which draws 10,000 digits (60,000 more for the classification accuracy score)
              a directory of a training run, whose generator draws the same digits in float32
              a folder of digits, as for --data
              a file of images in IDX or NPY format, with their labels in --labels

            The figures of real training images are the limit of what can be reached.

            The judge, a small convolutional network, is trained on the training images once and kept in the cache \
            (DIGITGEN_CACHE, or digitgen in XDG_CACHE_HOME or ~/.cache).
            """)

    @Argument(
        help:
            "Weight bundle, directory of a run, folder of digits, or file of images (IDX, plain or .gz, or NPY).",
        transform: PathNames.file)
    var file: String

    @OptionGroup var dataOptions: DataOptions

    @Option(
        help: ArgumentHelp("File with the labels of FILE's images.", valueName: "file"),
        transform: PathNames.file)
    var labels: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Random seed of the digits drawn. (default: 1)", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64 = 1

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(help: "Leave out the classification accuracy score, which trains another network.")
    var skipCas = false

    @Flag(
        help:
            "Also report how often networks tell the digits from as many real ones; trains four, for minutes."
    )
    var twoSample = false

    @Flag(help: "Print one line of JSON.")
    var json = false

    func run() throws {
        let parallel = try threadOptions.parallel()
        let data = try EvaluationData.load(directory: dataOptions.data)
        let subject = try EvaluationSubject(
            file: file, labels: labels, seed: seed, withClassification: !skipCas,
            twoSampleLabels: twoSample ? data.training.labels : nil, parallel: parallel)
        let report = JudgeCache.evaluation(with: data, parallel: parallel).report(of: subject)
        try StandardOutput.print(json ? report.json : report.table)
    }
}
