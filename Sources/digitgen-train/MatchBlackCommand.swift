import ArgumentParser
import CommandLineSupport
import DigitImaging
import DigitTraining

/// `match-black`: gives a bundle's digits the black of real ones.
struct MatchBlackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match-black",
        abstract: "Give a bundle's digits as much black as the images it learnt from have.",
        discussion: """
            Generators leave grays that nobody sees where real images are black. This makes the faintest ones black in \
            the last table of a bundle, from codes to pixels, until black comes as often as in the training images; \
            weights stay as they are. Pictures get shorter in files by a sixth to a third, and nearer to real ones \
            by a judge's measure. The darkest gray that is left is printed and recorded in the bundle.
            """)

    @Argument(help: "Weight bundle.", transform: PathNames.file)
    var bundle: String

    @OptionGroup var dataOptions: DataOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The result; BUNDLE itself without it.", valueName: "file"),
        transform: PathNames.file)
    var output: String?

    @OptionGroup var threadOptions: ThreadOptions

    func run() throws {
        let parallel = try threadOptions.parallel()
        let training = try DataSet.load(directory: dataOptions.data, split: .train)
        let target = output ?? bundle
        let match = try letFinish(writing: target) {
            try BlackMatch.rewrite(bundle, to: target, data: training, parallel: parallel)
        }
        try report("\(target): the darkest gray is \(match.darkestGray) of 255", of: target)
    }
}
