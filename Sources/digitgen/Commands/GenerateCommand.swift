import ArgumentParser
import DigitGen
import DigitImaging
import DigitService

/// Draws digits into a picture, an array or onto the terminal.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Draws handwritten digits (the default command).",
        usage: "digitgen [<digits>] [<options>]",
        discussion: """
            EXAMPLES:
              digitgen 7 --count 16                      look at sixteen sevens
              digitgen 7 --count 16 > sevens.png         a grid of them
              digitgen 90210 --count 4 -o zips.png       numbers, each in one handwriting
              digitgen 3 --seed 42 --scale 8 -o big.png  the same large three every time
              digitgen --count 1000 --format idx -o set/ all digits, with labels, as MNIST stores them

            On a terminal the digits are shown; into a file or a pipe go bytes. The formats idx and npy store \
            an array of images, and put the labels into a second file beside the one that -o names \
            (sevens.npy and sevens-labels.npy; for a folder, its usual names). A pipe gets the images alone.
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
    @OptionGroup(title: "Model") var modelOptions: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    /// More would be a data set.
    private static let counts = 1...DigitGenerator.countLimit

    func run() throws {
        let generator = try modelOptions.generator()
        let seed = seed.resolved()
        let count = count ?? (digits == nil ? 10 : 1)
        let source = try DigitSource(
            generator, choice: choice(for: generator), seed: seed, threads: Processors.count)
        let provenance = Provenance(generator: generator, seed: seed, digits: digits?.text, count: count)
        let destination = Destination(output: output.output)
        if case .terminal(let terminal) = destination {
            try Preview(terminal: terminal, columns: output.columns, invert: output.invert)
                .show(source, count: count, command: reproducing(provenance))
            return
        }
        let job = try output.job(count: count, size: source.size, texts: provenance.texts())
        let files = try OutputFiles(
            destination: destination, format: output.format.format, job: job,
            labelsPerImage: source.labelsPerImage)
        try files.write(source)
    }

    private func choice(for generator: DigitGenerator) throws -> DigitSource.Choice {
        guard let digits else {
            return generator.isConditional ? .cycle(Array(0...9)) : .any
        }
        guard generator.isConditional else {
            throw DigitGeneratorError.unconditional(
                model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        return .number(digits.values)
    }

    /// The word as a shell takes it for itself.
    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-")...UInt8(ascii: "/"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return plain
            ? word
            : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
                + "'"
    }

    /// The command line that draws the same again and keeps it.
    private func reproducing(_ provenance: Provenance) -> String {
        var words = ["digitgen"]
        if let digits { words.append(digits.text) }
        words += ["--count", "\(provenance.count)", "--seed", "\(provenance.seed)"]
        if let model = modelOptions.model { words += ["--model", model] }
        if let weights = modelOptions.weights { words += ["--weights", weights] }
        if let columns = output.columns { words += ["--columns", "\(columns)"] }
        if let scale = output.scale { words += ["--scale", "\(scale)"] }
        if output.format != .png { words += ["--format", output.format.rawValue] }
        if output.invert { words.append("--invert") }
        words += ["-o", "digits.\(output.format.rawValue)"]
        return words.map(Self.quoted).joined(separator: " ")
    }
}
