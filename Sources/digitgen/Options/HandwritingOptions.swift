import ArgumentParser
import CommandLineSupport
import DigitGen

/// The hand that draws the digits of a picture.
struct HandwritingOptions: ParsableArguments {
    @OptionGroup var hand: HandOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Go from hand a to hand b in --count images; without <text>, from digit a to digit b in one hand.
            """, valueName: "a:b"),
        transform: HandwritingOptions.parseMorph)
    var morph: DrawRequest.Morph?

    @Flag(help: "Draw all digits in --count hands, starting at --style, with their numbers in the margin.")
    var sheet = false

    func validate() throws {
        for (option, isGiven) in [("--sheet", sheet), ("--morph", morph != nil)] where isGiven {
            guard hand.like == nil else {
                throw ValidationError("--like and \(option) are mutually exclusive")
            }
        }
        guard sheet else { return }
        for (option, isGiven) in [("--vary", hand.vary != nil), ("--morph", morph != nil)] where isGiven {
            throw ValidationError("\(option) and --sheet are mutually exclusive")
        }
    }

    /// The options as command-line words, with the style of a morph between digits.
    func words(_ handwriting: Handwriting) -> [String] {
        var words: [String] = []
        if sheet { words.append("--sheet") }
        if let style = hand.style {
            words += ["--style", "\(style)"]
        } else if case .style(let number) = handwriting {
            words += ["--style", "\(number)"]
        }
        words += hand.styleWords
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
