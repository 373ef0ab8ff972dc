import Platform
import StrictJSON

/// Why bytes are not a bundle, or why a model cannot become one.
package enum BundleError: Error, Equatable, Sendable {
    // The zstd frame. Offsets count bytes of the compressed file.

    /// The file is larger than any bundle within the limits.
    case compressedTooLarge(bytes: Int, limit: Int)
    /// The file does not begin with zstd's magic number.
    case notZstd
    /// The file is of another kind.
    case otherKind(FileKind)
    /// The file ends inside the frame, which needs at least this many bytes.
    case truncated(bytes: Int, needed: Int)
    /// A reserved or unused bit of the frame's descriptor is set.
    case reservedBits(descriptor: UInt8)
    /// The frame needs a dictionary.
    case dictionary(id: UInt32)
    /// The frame does not state the size of its content.
    case noContentSize
    /// The frame has no checksum at its end.
    case noChecksum
    /// The frame needs a larger window than is allowed.
    case windowTooLarge(bytes: UInt64, limit: Int)
    /// The frame states a larger content than is allowed.
    case decompressedTooLarge(bytes: UInt64, limit: Int)
    /// A frame that decoders skip.
    case skippableFrame(offset: Int)
    /// A second frame after the first.
    case secondFrame(offset: Int)
    /// Something else after the frame.
    case trailingBytes(offset: Int, count: Int)
    /// The data in the frame is damaged; zstd gives the reason.
    case corrupt(reason: String)
    /// Compression failed; zstd gives the reason.
    case compression(reason: String)

    // The safetensors file in the frame. Ranges count bytes of the tensor data, after the header.

    /// The file ends inside the header or the eight bytes of its length.
    case headerTruncated(bytes: Int, needed: UInt64)
    /// The header is longer than is allowed.
    case headerTooLarge(bytes: UInt64, limit: Int)
    /// The header is not strict JSON; offsets count from its first byte.
    case header(JSONError)
    /// The header is JSON of the wrong form.
    case headerForm(found: String, expected: String)
    /// The header's entry for a tensor is wrong.
    case tensor(String, found: String, expected: String)
    /// A tensor that this architecture does not have.
    case unknownTensor(String)
    /// A tensor that this architecture needs.
    case missingTensor(String)
    /// A tensor that does not begin where the one before it ends.
    case tensorRange(String, begin: Int, expected: Int)
    /// Tensors that end before or after the data does.
    case dataLength(bytes: Int, expected: Int)

    // Metadata and numbers.

    /// An entry of the metadata is wrong or missing.
    case metadata(key: String, found: String, expected: String)
    /// The file needs another version of the reader.
    case formatVersion(found: String, expected: String)
    /// A layer does not fit its neighbours or the limits; nil for the architecture as a whole.
    case architecture(layer: Int?, found: String, expected: String)
    /// An element of a tensor is out of range.
    case value(tensor: String, index: Int, found: String, expected: String)
}

extension BundleError: CustomStringConvertible {
    /// One line that says what is wrong, where, and what would be right.
    package var description: String {
        switch self {
        case .compressedTooLarge, .notZstd, .otherKind, .truncated, .reservedBits, .dictionary,
            .noContentSize, .noChecksum, .windowTooLarge, .decompressedTooLarge, .skippableFrame,
            .secondFrame,
            .trailingBytes, .corrupt, .compression:
            frameDescription
        case .headerTruncated, .headerTooLarge, .header, .headerForm, .tensor, .unknownTensor, .missingTensor,
            .tensorRange, .dataLength:
            fileDescription
        case .metadata(let key, let found, let expected):
            "metadata \(quoted(key)): \(found), expected \(expected)"
        case .formatVersion(let found, let expected):
            "format version \(quoted(found)), expected \(expected)"
        case .architecture(nil, let found, let expected):
            "architecture: \(found), expected \(expected)"
        case .architecture(let layer?, let found, let expected):
            "architecture, layer \(layer): \(found), expected \(expected)"
        case .value(let tensor, let index, let found, let expected):
            "tensor \(quoted(tensor)), element \(index): \(found), expected \(expected)"
        }
    }

    private var frameDescription: String {
        switch self {
        case .compressedTooLarge(let bytes, let limit):
            "\(bytes) bytes, expected a bundle of at most \(limit)"
        case .notZstd:
            "not a weight bundle: expected a zstd frame (28 b5 2f fd) at the start"
        case .otherKind(let kind):
            "it is \(kind.name), expected NAME.safetensors.zst" + (kind.remedy.map { "; \($0)" } ?? "")
        case .truncated(let bytes, let needed):
            "truncated: the file ends at byte \(bytes), expected at least \(needed) bytes"
        case .reservedBits(let descriptor):
            "zstd frame descriptor \(descriptor) at byte 4, expected bits 3 and 4 to be zero"
        case .dictionary(let id):
            "zstd frame with dictionary \(id), expected a frame without dictionary"
        case .noContentSize:
            "zstd frame without content size, expected the size in its header"
        case .noChecksum:
            "zstd frame without checksum, expected one at its end"
        case .windowTooLarge(let bytes, let limit):
            "zstd window of \(bytes) bytes, expected at most \(limit)"
        case .decompressedTooLarge(let bytes, let limit):
            "\(bytes) bytes when decompressed, expected at most \(limit)"
        case .skippableFrame(let offset):
            "skippable zstd frame at byte \(offset), expected a single frame with the weights"
        case .secondFrame(let offset):
            "second zstd frame at byte \(offset), expected the end of the file"
        case .trailingBytes(let offset, let count):
            "trailing data: \(count) bytes after the zstd frame at byte \(offset), expected the end of the file"
        case .corrupt(let reason):
            "damaged zstd frame: \(reason), expected an undamaged file"
        case .compression(let reason):
            "zstd could not compress the weights: \(reason)"
        default: "damaged bundle"
        }
    }

    private var fileDescription: String {
        switch self {
        case .headerTruncated(let bytes, let needed):
            "safetensors data of \(bytes) bytes, expected at least \(needed) for the header"
        case .headerTooLarge(let bytes, let limit):
            "safetensors header of \(bytes) bytes, expected at most \(limit)"
        case .header(let error):
            "safetensors header: \(error)"
        case .headerForm(let found, let expected):
            "safetensors header: \(found), expected \(expected)"
        case .tensor(let name, let found, let expected):
            "tensor \(quoted(name)): \(found), expected \(expected)"
        case .unknownTensor(let name):
            "unknown tensor \(quoted(name)), expected only those of the architecture's layers"
        case .missingTensor(let name):
            "missing tensor \(quoted(name)), expected one for each of the architecture's layers"
        case .tensorRange(let name, let begin, let expected):
            "tensor \(quoted(name)) begins at byte \(begin) of the data, expected byte \(expected): "
                + "tensors may not overlap or leave gaps"
        case .dataLength(let bytes, let expected):
            "\(bytes) bytes of tensor data, expected the \(expected) that the tensors cover"
        default: "damaged bundle"
        }
    }
}

extension BundleError: ProgramError {
    package var exitStatus: ExitStatus { .badData }
}
