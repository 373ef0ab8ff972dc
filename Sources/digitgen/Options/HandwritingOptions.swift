import ArgumentParser
import CommandLineSupport
import DigitGen

/// The hand that draws the digits.
struct HandwritingOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw all images in the hand with this number, which is the same under every seed.",
            valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var style: UInt64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            How far digits stray from their hand, from 0 to 1; with models other than ink, images from --style. \
            (default: with ink as people's digits do, otherwise 0)
            """, valueName: "fraction"),
        transform: VaryArgument.parse)
    var vary: VaryArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            The digits' lean in degrees, positive to the right, or a range a:b of it. Only with models that obey a \
            style, as are --thickness and --width. (default: as the hand has it)
            """, valueName: "degrees"))
    var slant: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The strokes' width in parts of the digit's height, such as 0.12, a range of it, thin or bold.",
            valueName: "part"))
    var thickness: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The digits' width in parts of their height, such as 0.8, or a range of it.", valueName: "part"))
    var width: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Go from style a to style b in --count images; without <digits>, from digit a to digit b in one style.
            """, valueName: "a:b"),
        transform: HandwritingOptions.parseMorph)
    var morph: DrawRequest.Morph?

    @Flag(help: "Draw all digits in --count styles, starting at --style, with numbers in the margin.")
    var sheet = false

    func validate() throws {
        guard sheet else { return }
        for (option, isGiven) in [("--vary", vary != nil), ("--morph", morph != nil)] where isGiven {
            throw ValidationError("\(option) and --sheet are mutually exclusive")
        }
    }

    /// What is asked of the digits' style.
    ///
    /// - Throws: `DigitGeneratorError.invalidStyle`.
    func targets() throws(DigitGeneratorError) -> [StyleTarget] {
        var targets: [StyleTarget] = []
        for (measure, argument) in styleArguments {
            guard let argument else { continue }
            targets.append(try argument.target(measure))
        }
        return targets
    }

    private var styleArguments: [(StyleMeasure, StyleArgument?)] {
        [(.slant, slant), (.thickness, thickness), (.width, width)]
    }

    /// The options as command-line words, with the style of a morph between digits.
    func words(_ handwriting: Handwriting) -> [String] {
        var words: [String] = []
        if sheet { words.append("--sheet") }
        if let style {
            words += ["--style", "\(style)"]
        } else if case .style(let number) = handwriting {
            words += ["--style", "\(number)"]
        }
        if let vary { words += ["--vary", vary.text] }
        for (measure, argument) in styleArguments {
            if let argument { words += ["--\(measure)=\(argument.text)"] }
        }
        if let morph { words += ["--morph", "\(morph.first):\(morph.last)"] }
        return words
    }

    private static func parseMorph(_ text: String) throws -> DrawRequest.Morph {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts.contains(where: { $0.first == "+" }),
            let first = UInt64(parts[0]), let last = UInt64(parts[1])
        else {
            throw ValidationError(
                "expected two whole numbers from 0 to \(UInt64.max) with a colon between them, such as 3:8")
        }
        return DrawRequest.Morph(first: first, last: last)
    }
}

/// The value of `--vary`.
struct VaryArgument {
    /// The original text, for a command that repeats it.
    let text: String
    let fraction: Fraction

    static func parse(_ text: String) throws -> VaryArgument {
        let isPlain = text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 || $0 == UInt8(ascii: ".") }
        guard isPlain, let fraction = Double(text).flatMap(Fraction.init) else {
            throw ValidationError("expected a number from 0 to 1 in plain digits, such as 0.25")
        }
        return VaryArgument(text: text, fraction: fraction)
    }
}
