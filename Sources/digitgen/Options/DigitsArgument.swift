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

    /// For `@Argument(transform:)`. Throws `ValidationError` saying what would be right; a subcommand that is
    /// nearly named is offered.
    static func parse(_ argument: String) throws -> DigitsArgument {
        if let digits = DigitsArgument(argument) { return digits }
        let names = DigitgenCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        if let name = names.min(by: { distance(argument, $0) < distance(argument, $1) }),
            distance(argument, name) <= 2
        {
            throw ValidationError(
                argument == name
                    ? "the command comes first, as in 'digitgen \(name) …'"
                    : "there is no command '\(argument)'. Did you mean '\(name)'?")
        }
        throw ValidationError(
            "write \(lengths.lowerBound) to \(lengths.upperBound) digits from 0 to 9, such as 7 or 90210")
    }

    /// Insertions, deletions and replacements that make one text the other (Levenshtein's distance).
    private static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second.utf8)
        var row = Array(0...second.count)
        for (i, a) in first.utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in second.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
