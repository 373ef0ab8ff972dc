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
        guard total <= ZstdFrame.contentLimit else {
            throw .decompressedTooLarge(bytes: UInt64(total), limit: ZstdFrame.contentLimit)
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
