extension JSONParser {
    /// The string whose quotation mark stands at the position.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        try skipPlainText()
        if current == UInt8(ascii: "\"") {
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            position += 1
            return text
        }
        return try escapedString(from: start)
    }

    /// Goes on from the first escape: the text is collected byte by byte.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while skip(UInt8(ascii: "\\")) {
            text.append(contentsOf: try escape().utf8)
            let plain = position
            try skipPlainText()
            text.append(contentsOf: bytes[plain..<position])
        }
        guard skip(UInt8(ascii: "\"")) else { throw unexpected(expected: #"'"' at the end of the string"#) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Steps to the next quotation mark, backslash or the end of the text.
    private mutating func skipPlainText() throws(JSONError) {
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            if byte >= 0x80 {
                try skipMultibyteScalar(lead: byte)
            } else if byte >= 0x20 {
                position += 1
            } else {
                throw .controlCharacter(byte, offset: offset)
            }
        }
        guard position < bytes.endIndex else {
            throw unexpected(expected: #"'"' at the end of the string"#)
        }
    }

    /// Steps over one scalar of two to four bytes, by table 3-7 ("Well-Formed UTF-8 Byte Sequences") of the
    /// Unicode standard: only the second byte has a range that depends on the first.
    private mutating func skipMultibyteScalar(lead: UInt8) throws(JSONError) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: throw .invalidUTF8(offset: offset)
        }
        guard
            bytes.endIndex - position >= length,
            second.contains(bytes[position + 1]),
            bytes[(position + 2)..<(position + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw .invalidUTF8(offset: offset) }
        position += length
    }

    /// The character of the escape whose backslash has just been read.
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let backslash = offset - 1
        guard let byte = current else { throw unexpected(expected: "the rest of an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(backslash: backslash)
        default: throw .invalidEscape(offset: backslash)
        }
    }

    /// The character of `\uXXXX`, or of a surrogate pair of two of them, after the first `\u`.
    private mutating func unicodeEscape(backslash: Int) throws(JSONError) -> Unicode.Scalar {
        let high = try hexadecimalUnit(backslash: backslash)
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard UTF16.isLeadSurrogate(high), skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
            throw .loneSurrogate(offset: backslash)
        }
        let low = try hexadecimalUnit(backslash: offset - 2)
        guard UTF16.isTrailSurrogate(low) else { throw .loneSurrogate(offset: backslash) }
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw .loneSurrogate(offset: backslash) }
        return scalar
    }

    /// The UTF-16 code unit of the four hexadecimal digits at the position.
    private mutating func hexadecimalUnit(backslash: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Self.hexadecimalDigit(byte) else {
                throw .invalidEscape(offset: backslash)
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
