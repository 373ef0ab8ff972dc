import Platform

/// The reason why a field cannot be drawn. Positions count characters from 1.
package indirect enum FieldError: Error, Equatable, Sendable {
    /// A character that cannot be drawn.
    case unsupportedCharacter(Character, position: Int)
    /// Nothing, or only spaces.
    case emptyText
    /// More characters than `FieldText.lengths`.
    case textTooLong(Int)
    /// A text in a file; lines count from 1.
    case inFile(path: String, line: Int, FieldError)
    /// A pattern that cannot be read.
    case pattern(PatternProblem, position: Int)
    /// A pattern all of whose texts, or some, are empty.
    case emptyPattern
    /// A pattern some of whose texts are longer than `FieldText.lengths`.
    case patternTooLong(Int)
    /// A word that is not the name of a pattern.
    case unknownPattern(String, known: [String])
    /// A length that is not a number or two with a hyphen.
    case invalidLength(String)

    /// The mistake at a place in a pattern.
    package enum PatternProblem: Equatable, Sendable {
        case character(Character)
        /// A backslash at the end, or before what cannot be drawn.
        case escape
        /// A repetition that is not `{n}` or `{m,n}`.
        case repetition
        /// A repetition with nothing before it.
        case nothingToRepeat
        /// A set that is not digits and ranges in brackets.
        case set
    }
}

extension FieldError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unsupportedCharacter(let character, let position):
            "cannot draw '\(character)' at position \(position); \(FieldText.expectation)"
        case .emptyText:
            "the text is empty; \(FieldText.expectation)"
        case .textTooLong(let count):
            "a line has at most \(FieldText.lengths.upperBound) characters; got \(count)"
        case .inFile(let path, let line, .unsupportedCharacter("\r", let position)):
            "\(path), line \(line): cannot draw a carriage return at position \(position); lines end with a line feed"
        case .inFile(let path, let line, let error):
            "\(path), line \(line): \(error)"
        case .pattern(let problem, let position):
            "invalid pattern at position \(position): \(problem)"
        case .emptyPattern:
            "the pattern allows an empty text; let it have a digit or a mark that is always there, such as #{1,3}"
        case .patternTooLong(let count):
            "a line has at most \(FieldText.lengths.upperBound) characters; the pattern allows \(count)"
        case .unknownPattern(let name, let known):
            "unknown pattern '\(name)'; expected one of \(known.joined(separator: ", ")), or a pattern such as '#####'"
        case .invalidLength(let text):
            "invalid length '\(text)'; expected \(FieldText.lengths.lowerBound) to \(FieldText.lengths.upperBound), "
                + "or two such numbers, the lower first, as in 3-8"
        }
    }
}

extension FieldError.PatternProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .character(let character):
            "'\(character)' cannot be drawn; expected # for a digit, [1-9] for some, {m,n} to repeat, digits, spaces "
                + "or \(FieldText.marks)"
        case .escape: "expected a character that can be drawn after the backslash"
        case .repetition:
            "expected {n} or {m,n} with 0 ≤ m ≤ n ≤ \(FieldText.lengths.upperBound), n at least 1"
        case .nothingToRepeat: "expected a character before the repetition"
        case .set: "expected digits and ranges in brackets, such as [1-9] or [05]"
        }
    }
}

extension FieldError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .inFile: .badData
        default: .usage
        }
    }
}
