/// A text that can be drawn as a line: digits, and the characters that people write between them.
package struct FieldText: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// How many characters a text may have.
    package static let lengths = 1...100
    /// The characters beside digits, but for the space.
    package static let marks = "-.,/:+()"
    /// The text that errors show of what is allowed.
    package static let expectation = "expected digits, spaces and \(marks), such as 90210 or 555-1234"

    /// The text as it is written, without spaces at its ends.
    package let description: String
    /// The same in ASCII.
    package let characters: [UInt8]

    /// Spaces at the ends are dropped.
    ///
    /// - Throws: `FieldError.unsupportedCharacter`, `.emptyText` or `.textTooLong`.
    package init(_ text: String) throws(FieldError) {
        for (index, character) in text.enumerated() where !Self.isAllowed(character) {
            throw .unsupportedCharacter(character, position: index + 1)
        }
        try self.init(characters: Array(text.utf8))
    }

    /// - Parameter characters: allowed ones.
    init(characters: [UInt8]) throws(FieldError) {
        let space = UInt8(ascii: " ")
        let trimmed = characters.drop { $0 == space }.reversed().drop { $0 == space }.reversed()
        guard !trimmed.isEmpty else { throw .emptyText }
        guard trimmed.count <= Self.lengths.upperBound else { throw .textTooLong(trimmed.count) }
        self.characters = Array(trimmed)
        description = String(decoding: trimmed, as: UTF8.self)
    }

    /// Returns whether a text may have the character.
    package static func isAllowed(_ character: Character) -> Bool {
        guard let code = character.asciiValue else { return false }
        return code.isDigit || code == UInt8(ascii: " ") || marks.utf8.contains(code)
    }
}

extension UInt8 {
    /// True for the ASCII codes of 0 to 9.
    package var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }

    /// True for the ASCII code of a space.
    package var isSpace: Bool { self == UInt8(ascii: " ") }
}
