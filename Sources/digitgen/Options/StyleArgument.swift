import ArgumentParser
import DigitGen

/// The value of `--slant`, `--thickness` or `--width`: a number, a range `a:b`, or a word for a thickness.
struct StyleArgument {
    /// The original text, for a command that repeats it.
    let text: String
    private let first: Double
    private let last: Double
    private let isWord: Bool

    /// Thicknesses with a name, which all digits can have.
    private static let words = ["thin": 0.09, "bold": 0.17]

    /// - Throws: `ValidationError`.
    static func parse(_ text: String) throws -> StyleArgument {
        guard let argument = StyleArgument(text) else {
            throw ValidationError(
                "expected a number or a range such as 5:20; for --thickness also thin or bold")
        }
        return argument
    }

    private init?(_ argument: String) {
        text = argument
        if let value = Self.words[argument] {
            (first, last, isWord) = (value, value, true)
            return
        }
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap(Self.number)
        guard (1...2).contains(parts.count), numbers.count == parts.count else { return nil }
        (first, last, isWord) = (numbers[0], numbers[numbers.count - 1], false)
    }

    /// A number in plain digits.
    private static func number(_ text: Substring) -> Double? {
        let digits = text.first == "-" ? text.dropFirst() : text
        let isPlain = digits.utf8.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 || $0 == UInt8(ascii: ".") }
        guard isPlain, !digits.isEmpty else { return nil }
        return Double(text)
    }

    /// - Throws: `DigitGeneratorError.invalidStyle`, also for a word that means no such measure.
    func target(_ measure: StyleMeasure) throws(DigitGeneratorError) -> StyleTarget {
        guard !isWord || measure == .thickness else { throw .invalidStyle(measure) }
        return try StyleTarget(measure, first, to: last)
    }
}
