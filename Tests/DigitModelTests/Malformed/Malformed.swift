import StrictJSON
import Testing

@testable import DigitModel

/// Bytes that are almost a bundle, with the error they must give.
struct Malformed: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let error: BundleError

    var testDescription: String { name }

    /// A file as it stands, compressed layer included.
    init(_ name: String, compressed bytes: [UInt8], _ error: BundleError) {
        self.name = name
        self.bytes = bytes
        self.error = error
    }

    /// A good frame around a bad safetensors file.
    init(_ name: String, file: [UInt8], _ error: BundleError) {
        self.init(name, compressed: Frame(content: file).bytes, error)
    }

    /// The good file with some text of its header, which must be there once, replaced by another.
    init(_ name: String, header old: String, _ new: String, _ error: BundleError) {
        var file = EditableFile()
        file.replace(old, new)
        self.init(name, file: file.bytes, error)
    }
}

/// The sample's safetensors file, taken apart.
struct EditableFile {
    var header: String
    var data: [UInt8]

    init() {
        let length = Sample.file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        header = String(decoding: Sample.file[8..<8 + length], as: UTF8.self)
        data = Array(Sample.file[(8 + length)...])
    }

    /// Replaces a text that occurs exactly once.
    mutating func replace(_ old: String, _ new: String) {
        let parts = header.split(separator: old, omittingEmptySubsequences: false)
        #expect(parts.count == 2, "\(old) occurs \(parts.count - 1) times in the header")
        header = parts.joined(separator: new)
    }

    /// The range of a tensor in the data; nil if none has the name.
    func range(of tensor: String) -> Range<Int>? {
        guard let file = try? Safetensors(parsing: Sample.file),
            let found = file.tensors.first(where: { $0.name == tensor })
        else { return nil }
        let start = Sample.file.count - data.count
        return found.bytes.startIndex - start..<found.bytes.endIndex - start
    }

    var bytes: [UInt8] { Self.join(Array(header.utf8), data) }

    static func join(_ header: [UInt8], _ data: [UInt8]) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
    }
}

/// A zstd frame (RFC 8878) written field by field, its blocks raw: for frames that no compressor would write.
struct Frame {
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    var magic = Frame.magic
    /// Four-byte content size, single segment, checksum.
    var descriptor: UInt8 = 0b1010_0100
    var window: [UInt8] = []
    var dictionary: [UInt8] = []
    var contentSize: [UInt8]
    var blocks: [UInt8]
    var checksum: [UInt8]

    /// A good frame.
    init(content: [UInt8]) {
        contentSize = Self.littleEndian(content.count, bytes: 4)
        blocks = Self.blocks(of: content)
        checksum = Self.littleEndian(Int(truncatingIfNeeded: XXHash64.hash(content)), bytes: 4)
    }

    var bytes: [UInt8] {
        magic + [descriptor] + window + dictionary + contentSize + blocks + checksum
    }

    static func littleEndian(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Raw blocks of at most 128 KiB.
    static func blocks(of content: [UInt8]) -> [UInt8] {
        let size = 1 << 17
        var blocks: [UInt8] = []
        for start in stride(from: 0, to: max(content.count, 1), by: size) {
            let block = content[start..<min(start + size, content.count)]
            let isLast = start + size >= content.count
            blocks += littleEndian(block.count << 3 | (isLast ? 1 : 0), bytes: 3)
            blocks += block
        }
        return blocks
    }
}
