import ArgumentParser
import CommandLineSupport
import DigitDataSets
import DigitEvaluation
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// `fit`: trains a model.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Train a model on labelled digits.",
        discussion: """
            Writes config.json, curves.csv (losses of each epoch), samples/ (grids of digits) and checkpoint (the state \
            after the last finished epoch) into RUN. The same command with --resume continues a stopped run and \
            gives the result of an uninterrupted one; with a larger --epochs it trains a finished run further.

            Every few epochs a thousand digits are checked for mode collapse (missing classes, digits that are too alike), \
            by the judge if evaluate has trained one for these data, otherwise by their pixels.

            --guidance adds a remedy for mode collapse to gan or dcgan: manifold trains an autoencoder first, and a \
            second discriminator in its latent space; minibatch-deviation shows the discriminator how much the images of \
            a batch differ; packing shows it two images at once; unrolling lets the generator learn against the \
            discriminator's next five steps; wasserstein trains with gradient penalty.

            Without options a model is trained by its own recipe: gan and cgan for 100 epochs, dcgan for 20, cdcgan \
            and ink for 45. With --as-published, gan, cgan and dcgan are trained as Qin and Shan 2021 do, by their \
            equations as written. Another number of threads gives other weights.

            --precision bfloat16 rounds the factors of matrix products to 8 bits and so trains about 1.6 times as fast. \
            Sums, weights and the optimizer's state stay float32.
            """)

    @Argument(help: "The model to train.")
    var model: ModelName

    @OptionGroup var dataOptions: DataOptions

    @Option(
        help: ArgumentHelp("Directory of the run; made if it does not exist.", valueName: "run"),
        transform: PathNames.folder)
    var output: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Passes over the training images.", valueName: "e"),
        transform: Numbers.within(1...100_000))
    var epochs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Images per step.", valueName: "b"),
        transform: Numbers.within(2...10_000))
    var batchSize: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Adam's rate; the highest one where the recipe lowers it.", valueName: "l"),
        transform: Numbers.rate)
    var learningRate: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Random seed of weights, order of images and latents.", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64?

    @Option(
        help: """
            A remedy for mode collapse: none, manifold, minibatch-deviation, packing, unrolling or wasserstein.
            """)
    var guidance: Guidance?

    @Flag(help: "Train gan, dcgan or cgan as Qin and Shan 2021 do.")
    var asPublished = false

    @Option(
        help: ArgumentHelp(
            "Of matrix products: float32, or bfloat16 on processors with AVX512_BF16. (default: float32)",
            valueName: "p"))
    var precision: Precision?

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(help: "Continue the run in RUN.")
    var resume = false

    mutating func validate() throws {
        if asPublished {
            guard model.isPublished else {
                throw ValidationError(
                    "--as-published applies to gan, dcgan and cgan only, not to \(model.rawValue)")
            }
            guard guidance == nil else {
                throw ValidationError("--as-published and --guidance are mutually exclusive")
            }
        }
        if let guidance, !guidance.suits(model) {
            throw ValidationError(
                "--guidance \(guidance.rawValue) applies to gan and dcgan only; \(model.rawValue) is conditional"
            )
        }
        if let guidance, let precision, !guidance.suits(precision) {
            throw ValidationError(
                "--guidance \(guidance.rawValue) requires --precision float32: its losses are differences that "
                    + "\(precision.rawValue) rounds away")
        }
        if let guidance, let batchSize, !guidance.suits(batchSize: batchSize) {
            throw ValidationError("--guidance packing requires an even --batch-size")
        }
    }

    func run() throws {
        let parallel = try threadOptions.parallel()
        let training = try DataSet.load(directory: dataOptions.data, split: .train)
        let run = try TrainingRun(
            model: model,
            settings: RunConfiguration.Settings(
                epochs: epochs, batchSize: batchSize, learningRate: learningRate, seed: seed,
                guidance: guidance, isPublished: asPublished ? true : nil, precision: precision),
            data: training, path: output, resume: resume, parallel: parallel)
        run.watch = CollapseWatch(
            judge: Judge.cached(training: training, cache: JudgeCache.path, parallel: parallel),
            data: training,
            parallel: parallel)
        // Not before: reading data may take long, and a signal ends that at once.
        let stop = StopSignal()
        if case .stopped(let signal, _) = try run.run(until: stop) { throw StoppedBySignal(signal: signal) }
    }
}

extension ModelName: ExpressibleByArgument {}
extension Guidance: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
