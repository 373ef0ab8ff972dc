/// An error in a JSON text. Offsets count bytes from the start of the text.
package enum JSONError: Error, Equatable, Sendable {
    /// An unexpected byte; nil for the end of the text.
    case unexpected(UInt8?, offset: Int, expected: String)
    /// More than white space after the value.
    case trailingContent(offset: Int)
    /// Arrays and objects nested deeper than `limit`; the offset is that of the first bracket beyond it.
    case tooDeep(limit: Int, offset: Int)
    /// The second of two equal keys of an object, with the offset of its quotation mark.
    case duplicateKey(String, offset: Int)
    /// A byte sequence that UTF-8 does not allow, with the offset of its first byte.
    case invalidUTF8(offset: Int)
    /// A control character that must be escaped inside a string.
    case controlCharacter(UInt8, offset: Int)
    /// An invalid escape sequence, with the offset of its backslash.
    case invalidEscape(offset: Int)
    /// Half of a UTF-16 surrogate pair, with the offset of its backslash.
    case loneSurrogate(offset: Int)
    /// A number with a fraction or an exponent, read as an integer.
    case notAnInteger(String)
    /// A number out of the range of its type.
    case numberOutOfRange(String, allowed: String)
}

extension JSONError: CustomStringConvertible {
    /// One line that says what is wrong, where, and what would be right.
    package var description: String {
        switch self {
        case .unexpected(let byte, let offset, let expected):
            "\(Self.name(of: byte)) at byte \(offset), expected \(expected)"
        case .trailingContent(let offset):
            "trailing data at byte \(offset), expected a single JSON value"
        case .tooDeep(let limit, let offset):
            "nesting too deep at byte \(offset), expected at most \(limit) levels"
        case .duplicateKey(let key, let offset):
            "duplicate key \(quoted(key)) at byte \(offset), expected every key once"
        case .invalidUTF8(let offset):
            "invalid UTF-8 at byte \(offset), expected well-formed UTF-8"
        case .controlCharacter(let byte, let offset):
            "control character \(Self.hexadecimal(byte)) in a string at byte \(offset), expected it escaped"
        case .invalidEscape(let offset):
            #"invalid escape at byte \#(offset), expected one of \" \\ \/ \b \f \n \r \t \uXXXX"#
        case .loneSurrogate(let offset):
            #"lone surrogate at byte \#(offset), expected a pair from \uD800-\uDBFF and \uDC00-\uDFFF"#
        case .notAnInteger(let text):
            "number \(shortened(text)), expected an integer without fraction and exponent"
        case .numberOutOfRange(let text, let allowed):
            "number \(shortened(text)) out of range, expected \(allowed)"
        }
    }

    private static func name(of byte: UInt8?) -> String {
        guard let byte else { return "end of text" }
        guard (0x20..<0x7F).contains(byte) else { return "byte \(hexadecimal(byte))" }
        return "'\(Character(Unicode.Scalar(byte)))'"
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

/// Returns a text from outside for an error message: shortened, in ASCII and quotation marks, so that no control
/// character reaches a terminal.
package func quoted(_ text: String) -> String {
    "\"" + shortened(text).unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
}

/// Returns the first 60 characters.
package func shortened(_ text: String) -> String {
    let start = String.UnicodeScalarView(text.unicodeScalars.prefix(60))
    return start.count == text.unicodeScalars.count ? text : String(start) + "..."
}
