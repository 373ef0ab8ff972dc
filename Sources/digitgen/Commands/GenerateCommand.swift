import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitService

/// Draws digits into a picture, an array or onto the terminal.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Draws handwritten digits (the default command).",
        usage: "digitgen [<digits>] [<options>]",
        discussion: """
            EXAMPLES:
              digitgen 7 --count 16                       look at sixteen sevens
              digitgen 7 --count 16 > sevens.png          a grid of them
              digitgen 90210 --count 4 -o zips.png        numbers, each in one handwriting
              digitgen 3 --seed 42 --scale 8 -o big.png   the same large three every time
              digitgen --sheet -o hands.png               ten hands, with their numbers
              digitgen 2026 --style 4 -o year.png         a number in hand number 4
              digitgen --morph 3:8 -o morph.png           from a three to an eight
              digitgen --count 1000 -o sevens.npy         an array for numpy, and labels
              digitgen --count 1000 --format idx -o set/  images and labels as MNIST

            On a terminal the digits are shown; into a file or a pipe go bytes. The name of a file chooses its \
            format: .png, .pgm, .idx, .npy, .raw, and .idx.gz or -idx3-ubyte.gz for IDX in gzip. The formats \
            idx and npy store an array of images, and put the labels into a second file beside the one that -o \
            names (sevens.npy and sevens-labels.npy; for a folder, its usual names). A pipe gets the images alone.
            """)

    @Argument(
        help: ArgumentHelp(
            "One or more of 0 to 9. Without it, conditional models draw all digits in turn.",
            valueName: "digits"),
        transform: DigitsArgument.parse)
    var digits: DigitsArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many images. (default: 1, or 10 without <digits>)", valueName: "number"),
        transform: Numbers.within(GenerateCommand.counts))
    var count: Int?

    @OptionGroup var seed: SeedOption
    @OptionGroup(title: "Handwriting") var handwriting: HandwritingOptions
    @OptionGroup(title: "Model") var modelOptions: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    /// As many as a data set may have.
    static let counts = DataSetJob.counts

    /// Throws `ValidationError` for more images than one picture is made of; arrays are written as they are drawn.
    static func requireCount(_ count: Int?, in format: OutputFormat) throws {
        guard let count, count > DigitGenerator.countLimit, format.format.isPicture else { return }
        throw ValidationError(
            "--count \(count) is too large for a picture, which has 1 to \(DigitGenerator.countLimit) images; "
                + "use --format idx, npy or raw, or 'digitgen dataset'")
    }

    func validate() throws {
        let format = try output.fileFormat().name
        try Self.requireCount(count, in: format)
        guard handwriting.sheet else { return }
        guard format.format.isPicture else { throw OutputOptions.pictureOnly("--sheet") }
        guard output.columns == nil else {
            throw ValidationError("--sheet has a column for each digit; leave --columns out")
        }
    }

    func run() throws {
        try Drawing(
            digits: digits, count: count, seed: seed.seed, handwriting: handwriting.values,
            model: modelOptions.choice, output: output.values()
        ).run()
    }
}
