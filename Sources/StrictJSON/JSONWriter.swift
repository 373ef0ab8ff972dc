/// Writes compact JSON into a growing buffer: no white space, so a text never contains a newline, and the same
/// calls give the same bytes.
///
/// Commas come by themselves. Callers balance `begin…` and `end…` and write one value after each `key`:
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.key("ok")
///     writer.bool(true)
///     writer.endObject()      // {"ok":true}
package struct JSONWriter: Sendable {
    /// The UTF-8 text so far.
    package private(set) var bytes: [UInt8] = []
    /// True if a comma precedes the next value or key.
    private var needsComma = false

    /// A writer with an empty buffer.
    package init() {}

    /// The text so far as a string.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Removes the text and keeps the buffer for the next one.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Appends bytes that are no JSON, between one line and the next.
    package mutating func append(_ other: ArraySlice<UInt8>) {
        bytes += other
    }

    /// Ends a line: the next value begins a new text.
    package mutating func newline() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// Writes `{`.
    package mutating func beginObject() { open(UInt8(ascii: "{")) }

    /// Writes `}`.
    package mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Writes `[`.
    package mutating func beginArray() { open(UInt8(ascii: "[")) }

    /// Writes `]`.
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes the key of the member whose value comes next.
    package mutating func key(_ key: String) {
        string(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes `null`.
    package mutating func null() { literal("null") }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes an integer in decimal digits.
    package mutating func integer(_ value: some FixedWidthInteger) { literal(String(value)) }

    /// Writes the shortest text that reads as the value again; `null` for one that is not finite.
    package mutating func double(_ value: Double) {
        literal(value.isFinite ? value.description : "null")
    }

    /// Writes a number as it was written before.
    package mutating func number(_ value: JSONNumber) { literal(value.text) }

    /// Writes a string, escaping quotation marks, backslashes and control characters only.
    package mutating func string(_ value: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { Self.appendEscaped($0, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a string that the closure appends to the buffer itself, such as base64. It must not need escapes.
    package mutating func unescapedString<Failure: Error>(
        appending append: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        try append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a value with everything in it.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}

extension JSONWriter {
    /// Appends runs of plain characters whole and the few others escaped.
    private static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var run = 0
        for index in text.indices where needsEscape(text[index]) {
            bytes.append(contentsOf: text[run..<index])
            appendEscape(text[index], to: &bytes)
            run = index + 1
        }
        bytes.append(contentsOf: text[run...])
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: (digits.utf8.count == 1 ? "u000" : "u00").utf8)
            bytes.append(contentsOf: digits.utf8)
        default: bytes.append(byte)
        }
    }
}

extension JSONValue {
    /// The value as compact JSON.
    package var serialized: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The same as a string.
    package var text: String { String(decoding: serialized, as: UTF8.self) }
}
