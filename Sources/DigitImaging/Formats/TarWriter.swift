/// Writes a tar archive (POSIX ustar) of plain files. The same members give the same bytes: no time stamps,
/// no owners.
package final class TarWriter {
    private static let blockSize = 512
    private let sink: any ByteSink

    package init(sink: any ByteSink) {
        self.sink = sink
    }

    /// Adds a file. `name` is ASCII of 1 to 100 bytes; throws `ImagingError.unrepresentable` for other names
    /// and for contents of 8 GiB and more.
    package func append(name: String, contents: [UInt8]) throws(ImagingError) {
        let header = try Self.header(name: name, size: contents.count)
        let padding = (Self.blockSize - contents.count % Self.blockSize) % Self.blockSize
        try sink.write(header + contents + [UInt8](repeating: 0, count: padding))
    }

    /// Completes the sink. `endsArchive` writes the two empty blocks that end an archive; without them
    /// another archive may be appended with `cat`.
    package func finish(endsArchive: Bool = true) throws(ImagingError) {
        if endsArchive { try sink.write([UInt8](repeating: 0, count: 2 * Self.blockSize)) }
        try sink.finish()
    }

    private static func header(name: String, size: Int) throws(ImagingError) -> [UInt8] {
        let name = Array(name.utf8)
        guard (1...100).contains(name.count), name.allSatisfy({ (1..<128).contains($0) }) else {
            throw .unrepresentable(format: "tar", dimension: name.count, limit: 100)
        }
        guard size < 1 << 33 else {
            throw .unrepresentable(format: "tar", dimension: size, limit: 1 << 33 - 1)
        }
        var header = [UInt8](repeating: 0, count: blockSize)
        func put(_ bytes: [UInt8], at offset: Int) {
            header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        put(name, at: 0)
        put(octal(0o644, digits: 7), at: 100)  // mode
        put(octal(0, digits: 7), at: 108)  // owner
        put(octal(0, digits: 7), at: 116)  // group
        put(octal(size, digits: 11), at: 124)
        put(octal(0, digits: 11), at: 136)  // time of modification
        put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)  // the checksum counts as spaces
        put([UInt8(ascii: "0")], at: 156)  // an ordinary file
        put(Array("ustar\u{0}00".utf8), at: 257)
        let checksum = header.reduce(0) { $0 + Int($1) }
        put(octal(checksum, digits: 6) + [0], at: 148)
        return header
    }

    private static func octal(_ value: Int, digits: Int) -> [UInt8] {
        let text = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: digits - text.count) + text
    }
}
