import Platform
import StrictJSON

/// A safetensors file: eight bytes with the length of the header, the header in JSON, the tensors' data.
///
///     {"__metadata__": {text: text, …}, name: {"dtype": "I8", "shape": [2, 3], "data_offsets": [0, 6]}, …}
///
/// Offsets count from the end of the header. The tensors' ranges must cover the data exactly: every byte
/// belongs to one tensor.
struct Safetensors: Equatable {
    /// Greatest size of the header, in bytes.
    static let headerLimit = 1 << 20
    /// Greatest size of the file, in bytes.
    static let fileLimit = 64 << 20
    static let metadataKey = "__metadata__"

    /// Types of elements that bundles use.
    enum ElementType: String, CaseIterable {
        case int8 = "I8"
        case uint8 = "U8"
        case float32 = "F32"

        /// Bytes of an element.
        var byteCount: Int { self == .float32 ? 4 : 1 }
    }

    struct Tensor: Equatable {
        var name: String
        var type: ElementType
        var shape: [Int]
        /// The elements, little-endian and row-major.
        var bytes: ArraySlice<UInt8>
    }

    /// Texts by key.
    var metadata: JSONObject
    /// In the order of their data.
    var tensors: [Tensor]
}

extension Safetensors {
    /// The file. The header is padded with spaces so that the data begins at a multiple of eight bytes.
    func serialized() throws(BundleError) -> [UInt8] {
        var header = headerText
        header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
        guard header.count <= Self.headerLimit else {
            throw .headerTooLarge(bytes: UInt64(header.count), limit: Self.headerLimit)
        }
        let total = tensors.reduce(8 + header.count) { $0 + $1.bytes.count }
        guard total <= Self.fileLimit else {
            throw .decompressedTooLarge(bytes: UInt64(total), limit: Self.fileLimit)
        }
        var file: [UInt8] = []
        file.reserveCapacity(total)
        file.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * $0)) })
        file.append(contentsOf: header)
        for tensor in tensors {
            file.append(contentsOf: tensor.bytes)
        }
        return file
    }

    private var headerText: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key(Self.metadataKey)
        writer.value(.object(metadata))
        var begin = 0
        for tensor in tensors {
            let end = begin + tensor.bytes.count
            writer.key(tensor.name)
            writer.value(
                .object([
                    "dtype": .string(tensor.type.rawValue),
                    "shape": .array(tensor.shape.map(JSONValue.integer)),
                    "data_offsets": .array([.integer(begin), .integer(end)]),
                ]))
            begin = end
        }
        writer.endObject()
        return writer.bytes
    }
}

extension Safetensors {
    /// Reads a file in the form that `Safetensors` describes. Names of tensors are not checked.
    init(parsing file: [UInt8]) throws(BundleError) {
        let header = try Self.header(of: file)
        let data = file[header.endIndex...]
        let entries: JSONObject
        do throws(JSONError) {
            // The header, a tensor's entry, its shape: three levels.
            guard let object = try JSONValue(parsing: header, depthLimit: 3).object else {
                throw .unexpected(header.first, offset: 0, expected: "'{'")
            }
            entries = object
        } catch {
            throw .header(error)
        }
        metadata = try Self.metadata(of: entries)
        var placed: [(tensor: Tensor, range: Range<Int>)] = []
        for entry in entries.members where entry.key != Self.metadataKey {
            placed.append(try Self.tensor(entry, data: data))
        }
        placed.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var end = 0
        for (tensor, range) in placed {
            guard range.lowerBound == end else {
                throw .tensorRange(tensor.name, begin: range.lowerBound, expected: end)
            }
            end = range.upperBound
        }
        guard end == data.count else { throw .dataLength(bytes: data.count, expected: end) }
        tensors = placed.map { $0.tensor }
    }

    /// The header's bytes, whose length is checked against the limit and the file.
    private static func header(of file: [UInt8]) throws(BundleError) -> ArraySlice<UInt8> {
        guard let length = file.span.littleEndian(at: 0, count: 8) else {
            throw .headerTruncated(bytes: file.count, needed: 8)
        }
        guard length <= UInt64(headerLimit) else {
            throw .headerTooLarge(bytes: length, limit: headerLimit)
        }
        guard Int(length) <= file.count - 8 else {
            throw .headerTruncated(bytes: file.count, needed: 8 + length)
        }
        let header = file[8..<8 + Int(length)]
        // The format requires it; JSON would allow white space first.
        guard header.first == UInt8(ascii: "{") else {
            throw .header(.unexpected(header.first, offset: 0, expected: "'{'"))
        }
        return header
    }

    private static func metadata(of entries: JSONObject) throws(BundleError) -> JSONObject {
        guard let value = entries[metadataKey] else {
            throw .headerForm(found: "missing \(metadataKey)", expected: "an object")
        }
        guard let metadata = value.object else {
            throw .headerForm(found: "\(metadataKey): \(value.kind)", expected: "an object")
        }
        for member in metadata.members where member.value.string == nil {
            throw .metadata(key: member.key, found: member.value.kind, expected: "a string")
        }
        return metadata
    }

    private static let entryKeys = ["dtype", "shape", "data_offsets"]

    /// Reads a tensor and its range in the data.
    private static func tensor(
        _ entry: JSONObject.Member, data: ArraySlice<UInt8>
    ) throws(BundleError) -> (tensor: Tensor, range: Range<Int>) {
        let name = entry.key
        guard let fields = entry.value.object else {
            throw .tensor(name, found: entry.value.kind, expected: "an object")
        }
        for field in fields.members where !entryKeys.contains(field.key) {
            throw .tensor(
                name, found: "unknown key \(quoted(field.key))",
                expected: "one of " + entryKeys.joined(separator: ", "))
        }
        let type = try elementType(fields["dtype"], of: name)
        let shape = try integers(fields["shape"], key: "shape", of: name)
        let offsets = try integers(fields["data_offsets"], key: "data_offsets", of: name)
        guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= data.count else {
            throw .tensor(
                name, found: "data_offsets \(shortened("\(offsets)"))",
                expected: "[begin, end] within \(data.count) bytes")
        }
        guard let byteCount = byteCount(of: shape, type) else {
            throw .tensor(
                name, found: "shape \(shortened("\(shape)"))", expected: "a product that fits 64 bits")
        }
        guard byteCount == offsets[1] - offsets[0] else {
            throw .tensor(
                name, found: "\(offsets[1] - offsets[0]) bytes",
                expected: "\(byteCount) for shape \(shortened("\(shape)")) of \(type.rawValue)")
        }
        let bytes = data[data.startIndex + offsets[0]..<data.startIndex + offsets[1]]
        return (Tensor(name: name, type: type, shape: shape, bytes: bytes), offsets[0]..<offsets[1])
    }

    /// Bytes of a tensor; nil if the number overflows.
    private static func byteCount(of shape: [Int], _ type: ElementType) -> Int? {
        var count = type.byteCount
        for side in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: side)
            if overflow { return nil }
            count = product
        }
        return count
    }

    private static func elementType(
        _ value: JSONValue?, of name: String
    ) throws(BundleError) -> ElementType {
        func wrong(_ found: String) -> BundleError {
            let allowed = ElementType.allCases.map { $0.rawValue }.joined(separator: ", ")
            return .tensor(name, found: found, expected: "one of \(allowed)")
        }
        guard let text = value?.string else { throw wrong("dtype: \(value?.kind ?? "nothing")") }
        guard let type = ElementType(rawValue: text) else { throw wrong("dtype \(quoted(text))") }
        return type
    }

    /// The non-negative integers of a list.
    private static func integers(
        _ value: JSONValue?, key: String, of name: String
    ) throws(BundleError) -> [Int] {
        guard let elements = value?.array else {
            throw .tensor(name, found: "\(key): \(value?.kind ?? "nothing")", expected: "a list of integers")
        }
        var integers: [Int] = []
        for element in elements {
            guard let number = element.number else {
                throw .tensor(name, found: "\(key) with \(element.kind)", expected: "a list of integers")
            }
            guard let integer = try? number.integer(as: Int.self), integer >= 0 else {
                throw .tensor(
                    name, found: "\(key) with \(shortened(number.text))",
                    expected: "integers in 0...\(Int.max)")
            }
            integers.append(integer)
        }
        return integers
    }
}

extension Span<UInt8> {
    /// The little-endian number of up to eight bytes at an offset; nil if they do not lie in the span.
    func littleEndian(at offset: Int, count byteCount: Int) -> UInt64? {
        guard offset <= count, count - offset >= byteCount else { return nil }
        var value: UInt64 = 0
        for index in 0..<byteCount {
            value |= UInt64(self[offset + index]) << UInt64(8 * index)
        }
        return value
    }
}
