import ArgumentParser
import CommandLineSupport
import DigitFields

/// Where the texts of lines come from.
struct TextOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Texts that match a pattern: # is a digit, [1-9] one of a set, {2,4} repeats, or a name such as zip, date-iso, "
                + "date-us, amount, phone-us, iban-digits, card, isbn.", valueName: "pattern"),
        transform: TextOptions.parsePattern)
    var pattern: FieldPattern?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Texts of this many random digits: 5, or 3-8.", valueName: "digits"),
        transform: TextOptions.parseLength)
    var length: FieldPattern?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Texts from a file, one a line; - is standard input.", valueName: "file"),
        transform: PathNames.file)
    var from: String?

    /// The pattern of the texts, by either option.
    var anyPattern: FieldPattern? { pattern ?? length }

    /// True if one of the options is given.
    var isGiven: Bool { anyPattern != nil || from != nil }

    func validate() throws {
        let given = [("--pattern", pattern != nil), ("--length", length != nil), ("--from", from != nil)]
            .filter(\.1).map(\.0)
        guard given.count <= 1 else {
            throw ValidationError("\(given[0]) and \(given[1]) are mutually exclusive")
        }
    }

    private static func parsePattern(_ text: String) throws -> FieldPattern {
        do { return try FieldPattern(text) } catch { throw ValidationError(error.description) }
    }

    private static func parseLength(_ text: String) throws -> FieldPattern {
        do { return try FieldPattern(length: text) } catch { throw ValidationError(error.description) }
    }
}

/// How lines look.
struct LineOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Height of a line in pixels: 16 to 1024. (default: 48)", valueName: "pixels"),
        transform: Numbers.within(LineStyle.height.range))
    var height: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Width of every line in pixels, filled with paper on the right. (default: as wide as its text)",
            valueName: "pixels"),
        transform: Numbers.within(LineStyle.across.range))
    var across: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels of paper around the ink of a line. (default: a twelfth of the height)",
            valueName: "pixels"),
        transform: Numbers.within(LineStyle.margin.range))
    var margin: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Mean gap between neighbouring characters, in percent of a digit's height: 0 to 200. (default: 16)",
            valueName: "percent"),
        transform: Numbers.within(LineStyle.spacing.range))
    var spacing: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How much lines rise or fall, in percent of their length: 0 to 20. (default: 2)",
            valueName: "percent"),
        transform: Numbers.within(LineStyle.slope.range))
    var slope: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Percentage of neighbouring digits that touch: 0 to 100. (default: 4)", valueName: "percent"),
        transform: Numbers.within(LineStyle.touch.range))
    var touch: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How far digits stray up and down, in percent of a digit's height: 0 to 50. (default: 3)",
            valueName: "percent"),
        transform: Numbers.within(LineStyle.wander.range))
    var wander: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Level of the ink of lines: 0 to 255. (default: 255)", valueName: "level"),
        transform: Numbers.within(LineStyle.ink.range))
    var ink: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Level of the paper of lines: 0 to 255. (default: 0)", valueName: "level"),
        transform: Numbers.within(LineStyle.paper.range))
    var paper: Int?

    @Flag(help: "Print a comb of boxes, as forms have, with a character in each.")
    var boxes = false

    /// True if one of the options is given.
    var isGiven: Bool { boxes || numbers.contains { $0.value != nil } }

    /// The options with a number.
    private var numbers: [(name: String, value: Int?)] {
        [
            ("height", height), ("across", across), ("margin", margin), ("spacing", spacing),
            ("slope", slope),
            ("touch", touch), ("wander", wander), ("ink", ink), ("paper", paper),
        ]
    }

    /// The style that the options make. Throws `LineError`.
    func style(invert: Bool) throws(LineError) -> LineStyle {
        try LineStyle(
            height: height, across: across, margin: margin, spacing: spacing, slope: slope, touch: touch,
            wander: wander, ink: ink, paper: paper, invert: invert, hasBoxes: boxes)
    }

    /// The options as command-line words.
    var words: [String] {
        numbers.flatMap { name, value in value.map { ["--\(name)", "\($0)"] } ?? [] }
            + (boxes ? ["--boxes"] : [])
    }
}
