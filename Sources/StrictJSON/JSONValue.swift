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

    /// What kind of value this is, in words for an error message: "a string", "null", ...
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

    /// A whole number that every reader keeps: a JSON number below 2^53, and from there on a string of its digits,
    /// because JavaScript, jq and others hold numbers as doubles.
    package static func exactInteger(_ value: UInt64) -> JSONValue {
        value < 1 << 53 ? .integer(value) : .string(String(value))
    }

    /// A number from a binary floating-point value; null where it is not finite, for which JSON has no form.
    package static func double(_ value: Double) -> JSONValue {
        JSONNumber(value).map(JSONValue.number) ?? .null
    }
}
