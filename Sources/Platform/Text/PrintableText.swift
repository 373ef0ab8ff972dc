extension String {
    /// The text as messages show it, in one line that no terminal takes for an order: bytes that are no UTF-8 as
    /// `\xe9`, control characters as `\n` or `\x1b`, those beyond ASCII, and marks that turn the direction of a line,
    /// as `\u202e`.
    package var printable: String {
        guard unicodeScalars.contains(where: { !$0.isPrintable }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if let byte = SystemByte.byte(of: scalar) {
                text += escape(byte)
            } else if scalar.isPrintable {
                text.unicodeScalars.append(scalar)
            } else {
                text +=
                    UInt8(exactly: scalar.value).flatMap { $0 < 0x80 ? escape($0) : nil }
                    ?? "\\u" + hexadecimal(scalar.value, digits: 4)
            }
        }
        return text
    }

    /// The text as one word of a shell command: as it is, in quotation marks, or, where it is not printable, in bash's
    /// `$'…'`.
    package var shellWord: String {
        guard unicodeScalars.allSatisfy(\.isPrintable) else {
            let escaped = unicodeScalars.map { $0 == "\\" || $0 == "'" ? "\\\($0)" : String($0).printable }
            return "$'" + escaped.joined() + "'"
        }
        let plain = utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "-")...UInt8(ascii: "/"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard !plain else { return self }
        return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Unicode.Scalar {
    /// Whether a message can show it.
    fileprivate var isPrintable: Bool {
        if value < 0x7F { return value >= 0x20 }
        guard SystemByte.byte(of: self) == nil else { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}

private func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\n"): "\\n"
    case UInt8(ascii: "\r"): "\\r"
    case UInt8(ascii: "\t"): "\\t"
    default: "\\x" + hexadecimal(UInt32(byte), digits: 2)
    }
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
