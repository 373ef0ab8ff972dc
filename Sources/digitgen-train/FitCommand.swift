import NeuralNetwork
import DigitEvaluation
import ArgumentParser
import CommandLineSupport
import DigitTraining
import DigitModel

/// `fit`: trains a model.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Train a model on labelled digits.",
        discussion: """
            RUN receives config.json, curves.csv (losses of each epoch), samples/ (grids of digits) and checkpoint, \
            the state after the last finished epoch. A run that was stopped, by Ctrl-C too, is continued by the \
            same command with --resume, and ends as if it had never stopped. With --resume a larger --epochs \
            trains a finished run on.

            Every few epochs a thousand digits are drawn, and a warning is given if digits are missing or too alike \
            (mode collapse): by the judge if evaluate has trained one for these data, otherwise by the pixels.

            --guidance adds a remedy for mode collapse to gan or dcgan: manifold trains an autoencoder first, in whose \
            latent space a second discriminator then guides the generator (dcgan gains by it, gan loses); \
            minibatch-deviation tells the discriminator how much the images of a batch differ.

            Without options a model is trained by its own recipe: gan and cgan for 100 epochs, dcgan for 20. Another \
            number of threads gives other weights.
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
        help: ArgumentHelp("Images a step.", valueName: "b"),
        transform: Numbers.within(2...10_000))
    var batchSize: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Adam's rate; the highest one where the recipe lowers it.", valueName: "l"),
        transform: Numbers.rate)
    var learningRate: Float?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Of the weights, the order of images and the latents.", valueName: "s"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64?

    @Option(help: "A remedy for mode collapse: none, manifold or minibatch-deviation.")
    var guidance: Guidance?

    @OptionGroup var threadOptions: ThreadOptions

    @Flag(help: "Continue the run in RUN.")
    var resume = false

    mutating func validate() throws {
        if let guidance, !guidance.suits(model) {
            throw ValidationError(
                "--guidance \(guidance.rawValue) is for gan and dcgan; \(model.rawValue) is told which digit to draw"
            )
        }
    }

    func run() throws {
        let stop = StopSignal()
        let parallel = try threadOptions.parallel()
        let training = try DataSet.load(directory: dataOptions.data, split: .train)
        let run = try TrainingRun(
            model: model,
            settings: RunConfiguration.Settings(
                epochs: epochs, batchSize: batchSize, learningRate: learningRate, seed: seed,
                guidance: guidance),
            data: training, path: output, resume: resume, parallel: parallel)
        run.watch = CollapseWatch(
            judge: Judge.cached(training: training, cache: JudgeCache.path, parallel: parallel),
            data: training,
            parallel: parallel)
        if case .stopped(let signal, _) = try run.run(until: stop) { throw StoppedBySignal(signal: signal) }
    }
}

extension ModelName: ExpressibleByArgument {}
extension Guidance: ExpressibleByArgument {}
