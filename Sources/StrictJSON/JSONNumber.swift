/// A JSON number kept as the text it was written in, so that no digit is lost before somebody asks for a type.
package struct JSONNumber: Equatable, Sendable {
    /// The text, which fits the grammar of RFC 8259, section 6: `-? int frac? exp?`.
    package let text: String

    /// A text that the parser has checked against the grammar.
    init(checked text: String) {
        self.text = text
    }

    /// An integer.
    package init(_ value: some FixedWidthInteger) {
        text = String(value)
    }

    /// The shortest text that reads as this value again; nil for a value that is not finite.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// Whether it is written as an integer: no fraction and no exponent.
    package var isInteger: Bool {
        !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    }

    /// The number as an integer type. A fraction or an exponent is not accepted, not even in `1.0` or `1e3`.
    ///
    /// - Throws: `JSONError.notAnInteger` and, outside the type's range, `JSONError.numberOutOfRange`.
    package func integer<Integer: FixedWidthInteger>(
        as type: Integer.Type = Integer.self
    ) throws(JSONError) -> Integer {
        guard isInteger else { throw .notAnInteger(text) }
        guard let value = Integer(text) else {
            throw .numberOutOfRange(text, allowed: "\(Integer.min)...\(Integer.max)")
        }
        return value
    }

    /// The nearest `Double`; values too small to represent become zero.
    ///
    /// - Throws: `JSONError.numberOutOfRange` where the nearest value would be infinite.
    package func double() throws(JSONError) -> Double {
        guard let value = Double(text), value.isFinite else {
            let limit = Double.greatestFiniteMagnitude
            throw .numberOutOfRange(text, allowed: "\(-limit)...\(limit)")
        }
        return value
    }
}
