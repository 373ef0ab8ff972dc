import CZlib
import DigitImaging
import Platform

/// Writes a ZIP archive (PKWARE's APPNOTE.TXT) from beginning to end, as numpy's `savez` does: every member has a ZIP64
/// field, so its size has no limit. No time stamps: the same members give the same bytes.
package final class ZipWriter {
    private struct Member {
        let name: [UInt8]
        let offset: Int
        var checksum: UInt = 0
        var size = 0
        var packedSize = 0
    }

    private let sink: any ByteSink
    /// Members are compressed.
    private let deflates: Bool
    private var members: [Member] = []
    private var position = 0
    private var stream: DeflateStream?

    package init(sink: any ByteSink, deflates: Bool) {
        self.sink = sink
        self.deflates = deflates
    }

    /// Begins a file with an ASCII name; it goes on until `end`.
    package func begin(_ name: String) throws(OutputError) {
        members.append(Member(name: Array(name.utf8), offset: position))
        stream = deflates ? DeflateStream() : nil
        let name = Array(name.utf8)
        // Checksum and sizes follow the content; in the ZIP64 field they are zero, too.
        try put(
            Self.bytes(0x0403_4B50, 4) + common + Self.bytes(0, 4) + Self.bytes(0xFFFF_FFFF, 4)
                + Self.bytes(0xFFFF_FFFF, 4) + Self.bytes(name.count, 2) + Self.bytes(20, 2) + name
                + Self.bytes(1, 2) + Self.bytes(16, 2) + Self.bytes(0, 16))
    }

    /// Adds bytes to the file that was begun.
    package func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        // Of no bytes, zlib returns the initial value.
        guard let last = members.indices.last, !bytes.isEmpty else { return }
        let checksum = members[last].checksum
        members[last].checksum = bytes.withUnsafeBytes { crc32_z(checksum, $0.baseAddress, $0.count) }
        members[last].size += bytes.count
        guard stream != nil else { return try putContent(bytes) }
        try stream?.write(bytes) { (packed) throws(OutputError) in try putContent(packed[...]) }
    }

    /// Ends the file that was begun.
    package func end() throws(OutputError) {
        try stream?.finish { (packed) throws(OutputError) in try putContent(packed[...]) }
        guard let member = members.last else { return }
        try put(
            Self.bytes(0x0807_4B50, 4) + Self.bytes(Int(member.checksum), 4)
                + Self.bytes(member.packedSize, 8)
                + Self.bytes(member.size, 8))
    }

    /// Writes the directory of the archive and completes the sink.
    package func finish() throws(OutputError) {
        let start = position
        for member in members { try put(entry(member)) }
        let end = position
        let count = members.count
        try put(
            Self.bytes(0x0606_4B50, 4) + Self.bytes(44, 8) + Self.bytes(45, 2) + Self.bytes(45, 2)
                + Self.bytes(0, 8)
                + Self.bytes(count, 8) + Self.bytes(count, 8) + Self.bytes(end - start, 8)
                + Self.bytes(start, 8))
        try put(Self.bytes(0x0706_4B50, 4) + Self.bytes(0, 4) + Self.bytes(end, 8) + Self.bytes(1, 4))
        try put(
            Self.bytes(0x0605_4B50, 4) + Self.bytes(0, 4) + Self.bytes(count, 2) + Self.bytes(count, 2)
                + Self.bytes(0xFFFF_FFFF, 4) + Self.bytes(0xFFFF_FFFF, 4) + Self.bytes(0, 2))
        try sink.finish()
    }

    private func entry(_ member: Member) -> [UInt8] {
        var entry =
            Self.bytes(0x0201_4B50, 4) + Self.bytes(45, 2) + common + Self.bytes(Int(member.checksum), 4)
        entry += Self.bytes(0xFFFF_FFFF, 4) + Self.bytes(0xFFFF_FFFF, 4) + Self.bytes(member.name.count, 2)
        // Extra field, comment, disk, attributes, offset.
        entry += Self.bytes(28, 2) + Self.bytes(0, 2) + Self.bytes(0, 2) + Self.bytes(0, 6)
        entry += Self.bytes(0xFFFF_FFFF, 4) + member.name + Self.bytes(1, 2) + Self.bytes(24, 2)
        return entry + Self.bytes(member.size, 8) + Self.bytes(member.packedSize, 8)
            + Self.bytes(member.offset, 8)
    }

    /// What both headers of a member have: version 4.5, sizes after the content, the method, and 1 January 1980.
    private var common: [UInt8] {
        Self.bytes(45, 2) + Self.bytes(8, 2) + Self.bytes(deflates ? 8 : 0, 2) + Self.bytes(0, 2)
            + Self.bytes(0x21, 2)
    }

    private func putContent(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        members[members.count - 1].packedSize += bytes.count
        try put(bytes)
    }

    private func put(_ bytes: [UInt8]) throws(OutputError) { try put(bytes[...]) }

    private func put(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        position += bytes.count
        try sink.write(bytes)
    }

    /// A number in `count` bytes, the lowest first.
    private static func bytes(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
    }
}
