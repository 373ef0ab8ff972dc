/// Text of the operating system: arguments, paths, names in folders, values of the environment.
///
/// To the system it is bytes, usually but not always UTF-8. A `String` represents them without loss, as in Python
/// (PEP 383): a byte that is not valid UTF-8 becomes the scalar U+10FF00 plus the byte, at the end of the private use
/// area. So does a control character, which messages must not show unescaped. If the system's text contains such a
/// scalar, each of its four bytes is mapped, so every text survives the round trip.
extension String {
    /// The text that represents `bytes`.
    package init(systemBytes bytes: some Sequence<UInt8>) {
        self.init()
        var rest = Array(bytes)[...]
        while let byte = rest.first {
            if let scalar = Self.scalar(at: rest) {
                unicodeScalars.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                unicodeScalars.append(SystemByte.scalar(of: byte))
                rest = rest.dropFirst()
            }
        }
    }

    /// The text of a C string.
    package init(systemText start: UnsafePointer<CChar>) {
        var end = start
        while end.pointee != 0 { end += 1 }
        self.init(
            systemBytes: UnsafeBufferPointer(start: start, count: end - start).map(UInt8.init(bitPattern:)))
    }

    /// The bytes that the text represents.
    package var systemBytes: [UInt8] {
        // Scalars that represent bytes begin with 0xF4.
        guard utf8.contains(0xF4) else { return Array(utf8) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            if let byte = SystemByte.byte(of: scalar) {
                bytes.append(byte)
            } else {
                bytes += scalar.utf8
            }
        }
        return bytes
    }

    /// The bytes as a C string. System calls get `path.cPath`.
    package var cPath: [CChar] { systemBytes.map(CChar.init(bitPattern:)) + [0] }

    /// The scalar at the beginning of `bytes`; nil for invalid UTF-8, a control character, or a scalar that represents
    /// a byte.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator), !scalar.isASCIIControl,
            SystemByte.byte(of: scalar) == nil
        else { return nil }
        return scalar
    }
}

/// The program's arguments without its name. `CommandLine.arguments` would replace bytes that are not valid UTF-8.
package var systemArguments: [String] {
    (0..<Int(CommandLine.argc)).dropFirst().compactMap { index in
        CommandLine.unsafeArgv[index].map { String(systemText: $0) }
    }
}

/// The value of an environment variable; nil if it is unset or empty.
package func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(systemText: value)
}

/// The scalars that represent bytes in a text.
enum SystemByte {
    private static let base: UInt32 = 0x10_FF00

    static func scalar(of byte: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}"
    }

    /// nil for any other scalar.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        scalar.value >= base ? UInt8(truncatingIfNeeded: scalar.value) : nil
    }
}

extension Unicode.Scalar {
    /// True for U+0000 to U+001F and U+007F.
    fileprivate var isASCIIControl: Bool { value < 0x20 || value == 0x7F }
}

extension String {
    /// The text as messages show it, in one line without control sequences: invalid bytes as `\xe9`, control
    /// characters as `\n` or `\x1b`, those beyond ASCII, and marks that change the direction of a line, as `\u202e`.
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

    /// The text as one word of a shell command: as it is, in quotation marks, or, if it is not printable, in bash's
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
    /// True if a message can show it.
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
