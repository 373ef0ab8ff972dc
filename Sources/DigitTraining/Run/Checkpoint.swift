import CZlib
import NeuralNetwork
import Platform

/// A checkpoint in memory: sections by name.
package struct Checkpoint: Sendable {
    private struct Section {
        let kind: CheckpointFormat.Kind
        let payload: Range<Int>
    }

    /// The path of its file, for messages.
    let path: String
    private let bytes: [UInt8]
    private let sections: [String: Section]
    /// The sections' names in the order of the file.
    package let names: [String]

    /// The most bytes of a checkpoint: twenty times what any model's run needs.
    static let sizeLimit = 1 << 30
    /// The greatest count: far beyond what can be trained, and far from overflow.
    private static let countLimit: UInt64 = 1 << 53

    /// Reads and checks the file at `path`.
    ///
    /// - Throws: `RunError.unreadable`, or `RunError.corruptCheckpoint` if it is anything but a whole, unchanged
    ///   checkpoint.
    package static func load(_ path: String) throws(RunError) -> Checkpoint {
        let bytes: [UInt8]
        do { bytes = try FileBytes.readOrdinary(path, limit: sizeLimit) } catch { throw .unreadable(error) }
        return try Checkpoint(bytes, path: path)
    }

    init(_ bytes: [UInt8], path: String) throws(RunError) {
        typealias Format = CheckpointFormat
        let end = bytes.count - Format.checksumSize
        guard bytes.starts(with: Format.magic), end >= Format.headerSize else {
            throw .corruptCheckpoint(path: path, offset: 0, reason: "no header \"DIGITRUN\"")
        }
        let version: UInt32 = Format.number(bytes, at: Format.magic.count)
        guard version == Format.version else {
            throw .corruptCheckpoint(
                path: path, offset: Format.magic.count,
                reason: "version \(version) instead of \(Format.version)")
        }
        guard Format.checksum(bytes[..<end]) == Format.number(bytes, at: end) else {
            throw .corruptCheckpoint(
                path: path, offset: end, reason: "the checksum does not match the content")
        }
        self.path = path
        self.bytes = bytes
        (names, sections) = try Checkpoint.index(bytes, end: end, path: path)
    }

    /// The integer section `name`.
    package func integer(_ name: String) throws(RunError) -> UInt64 {
        let payload = try payload(name, .integer, size: 8)
        return CheckpointFormat.number(bytes, at: payload.lowerBound)
    }

    /// The integer section `name`, which counts something.
    package func count(_ name: String) throws(RunError) -> Int {
        let count = try integer(name)
        guard count <= Checkpoint.countLimit else {
            throw .checkpointSection(
                path: path, name: name, found: "\(count)",
                expected: "a count of at most \(Checkpoint.countLimit)")
        }
        return Int(count)
    }

    /// A random source that goes on from the integer sections `name`.0 to `name`.3.
    package func randomSource(_ name: String) throws(RunError) -> RandomSource {
        let state = (
            try integer(name + ".0"), try integer(name + ".1"), try integer(name + ".2"),
            try integer(name + ".3")
        )
        guard let source = RandomSource(state: state) else {
            throw .checkpointSection(
                path: path, name: name, found: "0 throughout", expected: "a state that is not")
        }
        return source
    }

    /// The section of bytes `name`.
    package func bytes(_ name: String) throws(RunError) -> [UInt8] {
        Array(bytes[try payload(name, .bytes, size: nil)])
    }

    /// Fills `target` with the numbers of section `name`, which must be as many, and finite.
    package func copyFloats(_ name: String, into target: Tensor) throws(RunError) {
        let payload = try payload(name, .floats, size: target.count * MemoryLayout<Float>.size)
        let numbers = UnsafeMutableBufferPointer(start: target.pointer, count: target.count)
        bytes.withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(numbers).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: source[payload]))
        }
        guard let index = numbers.firstIndex(where: { !$0.isFinite }) else { return }
        throw .checkpointSection(
            path: path, name: name, found: "\(numbers[index]) at \(index)", expected: "finite numbers")
    }

    private func payload(
        _ name: String, _ kind: CheckpointFormat.Kind, size: Int?
    ) throws(RunError) -> Range<Int> {
        let expected = size.map { "\(kind.text) of \($0) bytes" } ?? kind.text
        guard let section = sections[name] else {
            throw .checkpointSection(path: path, name: name, found: "missing", expected: expected)
        }
        guard section.kind == kind, size == nil || section.payload.count == size else {
            throw .checkpointSection(
                path: path, name: name, found: "\(section.kind.text) of \(section.payload.count) bytes",
                expected: expected)
        }
        return section.payload
    }

    /// The place of each section. The checksum matches, so anything wrong here was written that way.
    private static func index(
        _ bytes: [UInt8], end: Int, path: String
    ) throws(RunError) -> (names: [String], sections: [String: Section]) {
        typealias Format = CheckpointFormat
        var names: [String] = []
        var sections: [String: Section] = [:]
        var position = Format.headerSize
        while position < end {
            guard end - position >= Format.sectionHeaderSize,
                let kind = Format.Kind(rawValue: bytes[position])
            else { throw .corruptCheckpoint(path: path, offset: position, reason: "no section") }
            let nameStart = position + Format.sectionHeaderSize
            let payloadStart = nameStart + Int(bytes[position + 1])
            let length: UInt64 = Format.number(bytes, at: position + 2)
            guard payloadStart <= end, length <= UInt64(end - payloadStart) else {
                throw .corruptCheckpoint(path: path, offset: position, reason: "a section without an end")
            }
            let name = String(decoding: bytes[nameStart..<payloadStart], as: UTF8.self)
            guard !name.isEmpty, sections[name] == nil else {
                throw .corruptCheckpoint(path: path, offset: position, reason: "a section named like another")
            }
            position = payloadStart + Int(length)
            names.append(name)
            sections[name] = Section(kind: kind, payload: payloadStart..<position)
        }
        return (names, sections)
    }
}

/// The file that holds a training run's state: a header, named sections, a checksum.
///
///     "DIGITRUN" · version UInt32 · section… · CRC-32 of everything before (UInt32)
///     section = kind UInt8 · name length UInt8 · payload length UInt64 · name (UTF-8) · payload
///
/// Numbers are little-endian, as on every processor this runs on.
enum CheckpointFormat {
    static let magic = Array("DIGITRUN".utf8)
    static let version: UInt32 = 1
    static let headerSize = magic.count + 4
    /// The number of bytes in a section before its name.
    static let sectionHeaderSize = 10
    static let checksumSize = 4

    enum Kind: UInt8 {
        /// float32 numbers.
        case floats = 1
        /// One UInt64.
        case integer = 2
        case bytes = 3

        var text: String {
            switch self {
            case .floats: "an array of numbers"
            case .integer: "an integer"
            case .bytes: "bytes"
            }
        }
    }

    /// Continues the CRC-32 (of gzip and PNG; 0 to begin with) of what came before `bytes`.
    static func checksum(_ bytes: ArraySlice<UInt8>, after previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(UInt(previous), $0.baseAddress, $0.count))
        }
    }

    static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// The number that starts at `offset`; its bytes must be there.
    static func number<Integer: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> Integer {
        precondition(offset >= 0 && offset + MemoryLayout<Integer>.size <= bytes.count)
        return bytes.withUnsafeBytes {
            Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self))
        }
    }
}

/// Writes a checkpoint section by section. It appears under its name when `finish` has made it durable; a
/// writer that goes without `finish` leaves the file that was there before.
package final class CheckpointWriter {
    private let file: AtomicFile
    private var checksum: UInt32 = 0

    /// Throws `RunError.output` when no file can be made at `path`.
    package init(path: String) throws(RunError) {
        do { file = try AtomicFile(path: path) } catch { throw .output(error) }
        try append(CheckpointFormat.magic + CheckpointFormat.littleEndian(CheckpointFormat.version))
    }

    /// Adds an array of numbers. Names must differ and have 1 to 255 bytes.
    package func add(_ name: String, floats: Tensor) throws(RunError) {
        let numbers = UnsafeBufferPointer(start: floats.pointer, count: floats.count)
        try add(name, .floats, [UInt8](UnsafeRawBufferPointer(numbers)))
    }

    /// Adds a number, under a name as above.
    package func add(_ name: String, integer: UInt64) throws(RunError) {
        try add(name, .integer, CheckpointFormat.littleEndian(integer))
    }

    /// Adds bytes, under a name as above.
    package func add(_ name: String, bytes: [UInt8]) throws(RunError) {
        try add(name, .bytes, bytes)
    }

    /// Completes the file and puts it in its place.
    package func finish() throws(RunError) {
        do {
            try file.write(CheckpointFormat.littleEndian(checksum))
            try file.finish()
        } catch {
            throw .output(error)
        }
    }

    private func add(
        _ name: String, _ kind: CheckpointFormat.Kind, _ payload: [UInt8]
    ) throws(RunError) {
        guard let nameLength = UInt8(exactly: name.utf8.count), nameLength > 0 else {
            preconditionFailure("a section's name has 1 to 255 bytes")
        }
        try append(
            [kind.rawValue, nameLength] + CheckpointFormat.littleEndian(UInt64(payload.count))
                + Array(name.utf8))
        try append(payload)
    }

    private func append(_ bytes: [UInt8]) throws(RunError) {
        checksum = CheckpointFormat.checksum(bytes[...], after: checksum)
        do { try file.write(bytes) } catch { throw .output(error) }
    }
}
