/// A pattern of texts.
///
/// `#` is a random digit, `[1-9]` one of a set, and other characters stand for themselves, also after a backslash.
/// `{n}` or `{m,n}` repeats the one before it, n times or a random number of times. A word is the name of a pattern
/// that people often need, such as `zip`; see `NamedPattern`.
package struct FieldPattern: Equatable, Sendable, CustomStringConvertible {
    /// The pattern as it was written.
    package let description: String
    private let form: Form

    private enum Form: Equatable {
        case named(NamedPattern)
        case items([PatternItem])
    }

    /// - Throws: `FieldError.pattern`, `.emptyPattern`, `.patternTooLong` or `.unknownPattern`.
    package init(_ text: String) throws(FieldError) {
        description = text
        if text.first?.isLetter == true {
            guard let name = NamedPattern(rawValue: text) else {
                throw .unknownPattern(text, known: NamedPattern.allCases.map(\.rawValue))
            }
            form = .named(name)
            return
        }
        var parser = PatternParser(text)
        let items = try parser.parse()
        guard items.contains(where: { $0.least > 0 && $0.choices != [UInt8(ascii: " ")] }) else {
            throw .emptyPattern
        }
        let longest = items.reduce(0) { $0 + $1.most }
        guard longest <= FieldText.lengths.upperBound else { throw .patternTooLong(longest) }
        form = .items(items)
    }

    /// Random digits, so many of them.
    ///
    /// - Parameter lengths: within `FieldText.lengths`.
    package init(lengths: ClosedRange<Int>) {
        precondition(
            FieldText.lengths.contains(lengths.lowerBound)
                && lengths.upperBound <= FieldText.lengths.upperBound)
        description = "#{\(lengths.lowerBound),\(lengths.upperBound)}"
        form = .items([
            PatternItem(choices: PatternItem.digits, least: lengths.lowerBound, most: lengths.upperBound)
        ])
    }

    /// Random digits, by a length such as "5" or "3-8".
    ///
    /// - Throws: `FieldError.invalidLength`.
    package init(length text: String) throws(FieldError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.utf8.allSatisfy(\.isDigit) ? Int(part) : nil }
        guard (1...2).contains(parts.count), numbers.count == parts.count, let first = numbers.first,
            let last = numbers.last, first <= last, FieldText.lengths.contains(first),
            FieldText.lengths.contains(last)
        else { throw .invalidLength(text) }
        self.init(lengths: first...last)
    }

    /// Text `index` under a seed.
    package func text(seed: UInt64, index: Int) -> FieldText {
        var random = RandomStream(.text, seed: seed, index: index)
        let characters: [UInt8] =
            switch form {
            case .named(let name): name.characters(&random)
            case .items(let items):
                items.flatMap { item in
                    (0..<random.within(item.least...item.most)).map { _ in
                        item.choices[random.within(0...item.choices.count - 1)]
                    }
                }
            }
        // A pattern allows only what is a text.
        guard let text = try? FieldText(characters: characters) else {
            preconditionFailure("the pattern \(description) gives no text")
        }
        return text
    }
}

/// A part of a pattern: characters, one of which stands there each time.
struct PatternItem: Equatable {
    static let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))

    var choices: [UInt8]
    /// How often it is repeated.
    var least = 1
    var most = 1
}

/// Reads a pattern.
private struct PatternParser {
    private let text: [Character]
    private var position = 0

    init(_ text: String) { self.text = Array(text) }

    mutating func parse() throws(FieldError) -> [PatternItem] {
        var items: [PatternItem] = []
        while let character = next() {
            switch character {
            case "#": items.append(PatternItem(choices: PatternItem.digits))
            case "[": items.append(PatternItem(choices: try set()))
            case "\\":
                guard let escaped = next(), FieldText.isAllowed(escaped), let code = escaped.asciiValue else {
                    throw problem(.escape)
                }
                items.append(PatternItem(choices: [code]))
            case "{":
                guard let last = items.indices.last, items[last].least == 1, items[last].most == 1 else {
                    throw problem(.nothingToRepeat)
                }
                (items[last].least, items[last].most) = try repetition()
            default:
                guard FieldText.isAllowed(character), let code = character.asciiValue else {
                    throw problem(.character(character))
                }
                items.append(PatternItem(choices: [code]))
            }
        }
        return items
    }

    private mutating func next() -> Character? {
        guard position < text.count else {
            // What is missing is missing after the last character.
            position = text.count + 1
            return nil
        }
        position += 1
        return text[position - 1]
    }

    private func problem(_ problem: FieldError.PatternProblem) -> FieldError {
        .pattern(problem, position: position)
    }

    /// The rest of a set, after its bracket.
    private mutating func set() throws(FieldError) -> [UInt8] {
        var choices: [UInt8] = []
        while true {
            guard let character = next() else { throw problem(.set) }
            if character == "]", !choices.isEmpty { return choices }
            guard let first = character.asciiValue, first.isDigit else { throw problem(.set) }
            guard position < text.count, text[position] == "-" else {
                choices.append(first)
                continue
            }
            _ = next()
            guard let last = next()?.asciiValue, last.isDigit, first <= last else { throw problem(.set) }
            choices += Array(first...last)
        }
    }

    /// The rest of a repetition, after its brace.
    private mutating func repetition() throws(FieldError) -> (least: Int, most: Int) {
        var numbers = [""]
        while true {
            guard let character = next() else { throw problem(.repetition) }
            if character == "}" { break }
            if character == ",", numbers.count == 1 {
                numbers.append("")
            } else if character.asciiValue?.isDigit == true, numbers[numbers.count - 1].count < 4 {
                numbers[numbers.count - 1].append(character)
            } else {
                throw problem(.repetition)
            }
        }
        guard let least = Int(numbers[0]), let most = Int(numbers[numbers.count - 1]), least <= most,
            most > 0,
            most <= FieldText.lengths.upperBound
        else { throw problem(.repetition) }
        return (least, most)
    }
}
