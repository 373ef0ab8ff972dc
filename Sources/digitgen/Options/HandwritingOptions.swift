import ArgumentParser
import CommandLineSupport
import DigitGen

/// In whose hand the digits are drawn.
struct HandwritingOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "All in one hand: each number names another one, the same under every seed.", valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var style: UInt64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How far each image strays from the style, from 0 to 1. (default: 0)", valueName: "share"),
        transform: VaryArgument.parse)
    var vary: VaryArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            From style a to style b in --count images; without <digits>, from digit a to digit b in one style.
            """, valueName: "a:b"),
        transform: MorphArgument.parse)
    var morph: MorphArgument?

    @Flag(help: "All digits of --count styles, with the styles' numbers in the margin, from --style on.")
    var sheet = false

    func validate() throws {
        if vary != nil, sheet || morph != nil {
            throw ValidationError(
                "--vary is for images in one style; leave it out with \(sheet ? "--sheet" : "--morph")")
        }
        if vary != nil, style == nil {
            throw ValidationError(
                "--vary says how far images stray from a style; give --style and its number")
        }
        if sheet, morph != nil {
            throw ValidationError("--sheet and --morph exclude each other: name one of them")
        }
    }

    var values: Drawing.Handwriting {
        Drawing.Handwriting(style: style, vary: vary, morph: morph, sheet: sheet)
    }
}

/// The value of `--vary`.
struct VaryArgument {
    /// As it was written, for a command that repeats it.
    let text: String
    let share: Fraction

    /// For `@Option(transform:)`. Throws `ValidationError` saying what would be right.
    static func parse(_ text: String) throws -> VaryArgument {
        let allowed = text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 || $0 == UInt8(ascii: ".") }
        guard allowed, let share = Double(text).flatMap(Fraction.init) else {
            throw ValidationError("it must be a number from 0 to 1 in plain digits, such as 0.25")
        }
        return VaryArgument(text: text, share: share)
    }
}

/// The value of `--morph`: two numbers with a colon between them.
struct MorphArgument {
    let first: UInt64
    let last: UInt64

    var text: String { "\(first):\(last)" }

    /// Both as digits; nil where one is not from 0 to 9.
    var digits: (first: UInt8, last: UInt8)? {
        first <= 9 && last <= 9 ? (UInt8(first), UInt8(last)) : nil
    }

    /// For `@Option(transform:)`. Throws `ValidationError` saying what would be right.
    static func parse(_ text: String) throws -> MorphArgument {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts.contains(where: { $0.first == "+" }),
            let first = UInt64(parts[0]), let last = UInt64(parts[1])
        else {
            throw ValidationError(
                "it must be two whole numbers from 0 to \(UInt64.max) with a colon between them, such as 3:8")
        }
        return MorphArgument(first: first, last: last)
    }
}
