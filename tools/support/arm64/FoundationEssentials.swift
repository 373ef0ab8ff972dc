// What swift-argument-parser uses of FoundationEssentials, for a Swift runtime whose own FoundationEssentials the
// compiler cannot read: only that of its own version, because the module has no textual interface.

public protocol LocalizedError: Error {
    var errorDescription: String? { get }
}

extension LocalizedError {
    public var errorDescription: String? { nil }
}

public struct Data {
    fileprivate let bytes: [UInt8]
}

extension String {
    public enum Encoding { case utf8 }

    public init?(data: Data, encoding: Encoding) {
        self.init(validating: data.bytes, as: UTF8.self)
    }
}

/// Encodes as Foundation's encoder does with the options `prettyPrinted` and `sortedKeys`, which are always on.
public final class JSONEncoder {
    public struct OutputFormatting: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }

        public static let prettyPrinted = OutputFormatting(rawValue: 1)
        public static let sortedKeys = OutputFormatting(rawValue: 2)
    }

    public var outputFormatting: OutputFormatting = []

    public init() {}

    public func encode<T: Encodable>(_ value: T) throws -> Data {
        let node = Node()
        try node.encode(value)
        return Data(bytes: Array(node.text(indentation: "").utf8))
    }
}

/// A JSON value that is being encoded.
private final class Node {
    enum Value {
        case literal(String)
        case array([Node])
        case object([String: Node])
    }

    var value = Value.object([:])

    func encode(_ encodable: some Encodable) throws {
        switch encodable {
        case let string as String: value = .literal(quoted(string))
        case let flag as Bool: value = .literal(flag ? "true" : "false")
        case let number as any FixedWidthInteger: value = .literal(String(describing: number))
        default: try encodable.encode(to: NodeEncoder(node: self))
        }
    }

    func text(indentation: String) -> String {
        let inner = indentation + "  "
        switch value {
        case .literal(let text): return text
        case .array(let nodes):
            let items = nodes.map { inner + $0.text(indentation: inner) }
            return "[\n" + items.joined(separator: ",\n") + "\n" + indentation + "]"
        case .object(let fields):
            let items = fields.sorted { $0.key < $1.key }.map { key, node in
                inner + quoted(key) + " : " + node.text(indentation: inner)
            }
            return "{\n" + items.joined(separator: ",\n") + "\n" + indentation + "}"
        }
    }
}

private func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "/": text += "\\/"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{8}": text += "\\b"
        case "\u{c}": text += "\\f"
        case ..<" ":
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text + "\""
}

private struct NodeEncoder: Encoder {
    let node: Node
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.value = .object([:])
        return KeyedEncodingContainer(Fields<Key>(node: node))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.value = .array([])
        return Items(node: node)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node) }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    private func field(_ key: Key) -> Node {
        let field = Node()
        if case .object(var fields) = node.value {
            fields[key.stringValue] = field
            node.value = .object(fields)
        }
        return field
    }

    mutating func encodeNil(forKey key: Key) { field(key).value = .literal("null") }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try field(key).encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
        -> KeyedEncodingContainer<Nested>
    { NodeEncoder(node: field(key)).container(keyedBy: type) }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        NodeEncoder(node: field(key)).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { NodeEncoder(node: node) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder(node: field(key)) }
}

private struct Items: UnkeyedEncodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    var count: Int {
        if case .array(let items) = node.value { items.count } else { 0 }
    }

    private func item() -> Node {
        let item = Node()
        if case .array(let items) = node.value { node.value = .array(items + [item]) }
        return item
    }

    mutating func encodeNil() { item().value = .literal("null") }
    mutating func encode<T: Encodable>(_ value: T) throws { try item().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<
        Nested
    > {
        NodeEncoder(node: item()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        NodeEncoder(node: item()).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { NodeEncoder(node: item()) }
}

private struct Single: SingleValueEncodingContainer {
    let node: Node
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() { node.value = .literal("null") }
    mutating func encode<T: Encodable>(_ value: T) throws { try node.encode(value) }
}
