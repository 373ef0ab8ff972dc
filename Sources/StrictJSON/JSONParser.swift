extension JSONValue {
    /// The default limit of nesting; `[[1]]` has depth 2.
    package static let defaultDepthLimit = 32
    /// The limit of `depthLimit`: the parser and the release of the value recurse once per level, and a thread's
    /// stack is small.
    package static let greatestDepthLimit = 256

    /// Reads exactly one JSON value (RFC 8259), with white space around it and nothing else.
    ///
    /// Stricter than the RFC where it leaves a choice: no byte order mark, no duplicate keys, no lone surrogates.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - depthLimit: greatest nesting of arrays and objects, at most `greatestDepthLimit`.
    /// - Throws: `JSONError` with an offset from the start of `bytes`.
    package init(
        parsing bytes: ArraySlice<UInt8>, depthLimit: Int = defaultDepthLimit
    ) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, depthLimit: depthLimit)
        self = try parser.document()
    }

    /// Reads exactly one JSON value from an array of UTF-8 text; see `init(parsing:depthLimit:)` on slices.
    package init(parsing bytes: [UInt8], depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        try self.init(parsing: bytes[...], depthLimit: depthLimit)
    }

    /// Reads exactly one JSON value from a string; see `init(parsing:depthLimit:)` on slices.
    package init(parsing text: String, depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        try self.init(parsing: Array(text.utf8)[...], depthLimit: depthLimit)
    }
}

/// A recursive-descent parser whose recursion is bounded by `depthLimit`.
struct JSONParser {
    let bytes: ArraySlice<UInt8>
    let depthLimit: Int
    /// The index in `bytes` of the next byte to read.
    var position: Int

    init(bytes: ArraySlice<UInt8>, depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = min(depthLimit, JSONValue.greatestDepthLimit)
        position = bytes.startIndex
    }

    /// The next byte; nil at the end.
    var current: UInt8? {
        position < bytes.endIndex ? bytes[position] : nil
    }

    /// The position as an offset from the start of the text.
    var offset: Int { position - bytes.startIndex }

    func unexpected(expected: String) -> JSONError {
        .unexpected(current, offset: offset, expected: expected)
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipWhiteSpace()
        let value = try value(depth: 0)
        skipWhiteSpace()
        guard position == bytes.endIndex else { throw .trailingContent(offset: offset) }
        return value
    }

    /// The value that begins at the position, inside `depth` arrays and objects.
    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard let byte = current else { throw unexpected(expected: "a JSON value") }
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw unexpected(expected: "a JSON value")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try enter(depth: depth)
        var elements: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return elements }
            guard skip(UInt8(ascii: ",")) else { throw unexpected(expected: "',' or ']'") }
            skipWhiteSpace()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth: depth)
        var members: [JSONObject.Member] = []
        if skip(UInt8(ascii: "}")) { return JSONObject() }
        var keys = KeySet()
        while true {
            let keyOffset = offset
            guard current == UInt8(ascii: "\"") else { throw unexpected(expected: "a key in quotes") }
            let key = try string()
            guard keys.insert(key, besides: members) else { throw .duplicateKey(key, offset: keyOffset) }
            skipWhiteSpace()
            guard skip(UInt8(ascii: ":")) else { throw unexpected(expected: "':'") }
            skipWhiteSpace()
            members.append(JSONObject.Member(key: key, value: try value(depth: depth)))
            skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { return JSONObject(distinct: members) }
            guard skip(UInt8(ascii: ",")) else { throw unexpected(expected: "',' or '}'") }
            skipWhiteSpace()
        }
    }

    /// Steps over an opening bracket and the white space after it.
    private mutating func enter(depth: Int) throws(JSONError) {
        guard depth <= depthLimit else { throw .tooDeep(limit: depthLimit, offset: offset) }
        position += 1
        skipWhiteSpace()
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for scalar in text.description.utf8 {
            guard skip(scalar) else { throw unexpected(expected: "\(text)") }
        }
        return value
    }

    /// Steps over the byte if it is the next one.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }
}

extension JSONParser {
    /// The number that begins at the position: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func number() throws(JSONError) -> JSONNumber {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        if skip(UInt8(ascii: "0")) {
            if let byte = current, Self.isDigit(byte) {
                throw unexpected(expected: "no digit after a leading zero")
            }
        } else {
            try skipDigits()
        }
        if skip(UInt8(ascii: ".")) {
            try skipDigits()
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
            try skipDigits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func skipDigits() throws(JSONError) {
        guard let first = current, Self.isDigit(first) else { throw unexpected(expected: "a digit") }
        repeat {
            position += 1
        } while current.map(Self.isDigit) ?? false
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}

/// The keys an object has had so far, compared byte by byte.
///
/// A few keys are compared with each member; from `threshold` on a hash set takes over, so that an object of
/// a hundred thousand keys does not take quadratic time.
struct KeySet {
    private static let threshold = 16
    private var hashed: Set<Key> = []

    /// Adds the key; false if one of the members has it already.
    mutating func insert(_ key: String, besides members: [JSONObject.Member]) -> Bool {
        if members.count < Self.threshold {
            return !members.contains { haveSameBytes($0.key, key) }
        }
        if hashed.isEmpty {
            hashed = Set(members.map { Key(text: $0.key) })
        }
        return hashed.insert(Key(text: key)).inserted
    }

    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool {
            haveSameBytes(left.text, right.text)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
