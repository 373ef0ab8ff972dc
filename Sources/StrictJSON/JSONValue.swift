/// A JSON value (RFC 8259) as it was written: numbers keep their text and objects their order, so a value that
/// was read can be written again without change.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The truth value; nil for any other kind of value.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number; nil for any other kind of value.
    package var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The text of a string; nil for any other kind of value.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array; nil for any other kind of value.
    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object; nil for any other kind of value.
    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The kind of value in words, for error messages: "a string", "null", ...
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// A number from an integer.
    package static func integer(_ value: some FixedWidthInteger) -> JSONValue {
        .number(JSONNumber(value))
    }

    /// An integer that every reader keeps exactly: a number below 2^53, a string of digits from there on, because
    /// JavaScript, jq and others hold numbers as doubles.
    package static func exactInteger(_ value: UInt64) -> JSONValue {
        value < 1 << 53 ? .integer(value) : .string(String(value))
    }

    /// A number from a binary floating-point value; null where it is not finite, for which JSON has no form.
    package static func double(_ value: Double) -> JSONValue {
        JSONNumber(value).map(JSONValue.number) ?? .null
    }
}

/// The members of a JSON object in the order in which they were written; no two have the same key.
///
/// Keys are the same when their UTF-8 bytes are: unlike Swift's `==` on strings, canonically equivalent
/// spellings (such as a precomposed letter and a letter with a combining mark) stay different keys.
package struct JSONObject: Equatable, Sendable {
    /// One key with its value.
    package struct Member: Equatable, Sendable {
        /// The key, unique in its object.
        package let key: String
        /// The value.
        package fileprivate(set) var value: JSONValue
    }

    /// The members in order.
    package private(set) var members: [Member]

    /// An object without members.
    package init() {
        members = []
    }

    /// Members whose keys the parser has found to differ.
    init(distinct members: [Member]) {
        self.members = members
    }

    /// The value of the key. Setting appends a new key at the end, keeps the place of an old one, and removes
    /// it for nil. Reading is linear in the number of members.
    package subscript(key: String) -> JSONValue? {
        get {
            index(of: key).map { members[$0].value }
        }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func index(of key: String) -> Int? {
        members.firstIndex { haveSameBytes($0.key, key) }
    }
}

/// Returns true if two strings have the same UTF-8 bytes. `==`, which allows canonical equivalence, rules most
/// strings out quickly.
func haveSameBytes(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.elementsEqual(right.utf8)
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Members in the order of the literal; a repeated key keeps its first place and takes its last value.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements {
            self[key] = value
        }
    }
}

/// A JSON number, kept as text so that no digit is lost until a type is asked for.
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

    /// True if the text has no fraction and no exponent.
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
