import ArgumentParser
import DigitGen

/// What to write: one or more of 0 to 9, as text, so that zeros in front stay.
struct DigitsArgument {
    /// How long a number may be.
    static let lengths = 1...DigitGenerator.digitLimit

    /// 1 to 64 ASCII digits.
    let text: String
    /// The same as numbers from 0 to 9.
    let values: [UInt8]

    /// nil when `text` is anything else than 1 to 64 digits.
    init?(_ text: String) {
        guard let values = try? DigitGenerator.labels(of: text) else { return nil }
        self.text = text
        self.values = values
    }

    /// Whether a word in the place of a command may be meant for digits: it does not begin with a letter.
    static func mayBeMeant(_ word: String) -> Bool { word.first?.isLetter != true }

    /// For `@Argument(transform:)`. Throws `ValidationError` saying what would be right.
    static func parse(_ argument: String) throws -> DigitsArgument {
        if let digits = DigitsArgument(argument) { return digits }
        if DigitgenCommand.configuration.subcommands.contains(where: {
            $0.configuration.commandName == argument
        }) {
            throw ValidationError("the command comes first, as in 'digitgen \(argument) …'")
        }
        throw ValidationError(
            "write \(lengths.lowerBound) to \(lengths.upperBound) digits from 0 to 9, such as 7 or 90210")
    }
}
