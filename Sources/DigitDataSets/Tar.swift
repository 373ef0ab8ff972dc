import DigitImaging
import Platform

/// Reads tar archives (POSIX ustar) of digits as WebDataset stores them: `KEY.png` and, beside it, `KEY.cls` with the
/// label as text. Other members are skipped.
package enum TarReader {
    private static let blockSize = 512

    /// Adds the digits of the archive at `path`, in their order.
    package static func read(_ path: String, into digits: inout LabelledDigits) throws(DataSetError) {
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path, limit: DataSet.fileLimit) } catch { throw .unreadable(error) }
        // Each digit has at least four blocks in an archive.
        digits.reserve(bytes.count / (4 * blockSize))
        try read(bytes, path: path, into: &digits)
    }

    /// Adds the digits of an archive of these bytes, which errors call `path`.
    package static func read(_ bytes: [UInt8], path: String, into digits: inout LabelledDigits)
        throws(DataSetError)
    {
        var place = 0
        // The content of one of the two members, until the other one comes.
        var waiting: (key: String, image: [UInt8]?, label: UInt8?)?
        while let member = try member(of: bytes, at: place, path: path) {
            place = member.next
            guard let period = member.name.lastIndex(of: "."), member.isFile else { continue }
            let (key, ending) = (String(member.name[..<period]), member.name[period...])
            guard ending == ".png" || ending == ".cls" else { continue }
            let content = Array(bytes[member.content])
            let name = "\(path): \(member.name)"
            if let other = waiting, other.key != key { throw missing(other.key, other.image == nil, path) }
            var pair = waiting ?? (key, nil, nil)
            guard ending == ".png" ? pair.image == nil : pair.label == nil else {
                throw .malformed(path: path, reason: "\(member.name) is there twice")
            }
            if ending == ".png" {
                pair.image = try PNGReader.digit(content, path: name)
            } else {
                pair.label = try label(content, path: name)
            }
            if let image = pair.image, let label = pair.label {
                digits.append(image, label: label)
                waiting = nil
            } else {
                waiting = pair
            }
        }
        if let waiting { throw missing(waiting.key, waiting.image == nil, path) }
    }

    private static func missing(_ key: String, _ isImage: Bool, _ path: String) -> DataSetError {
        .malformed(
            path: path,
            reason: isImage
                ? "\(key).cls without \(key).png" : "\(key).png without \(key).cls")
    }

    /// A label in decimal, white space aside.
    private static func label(_ content: [UInt8], path: String) throws(DataSetError) -> UInt8 {
        let text = content.filter { $0 > UInt8(ascii: " ") }
        guard text.count == 1, let digit = text.first.map({ $0 &- UInt8(ascii: "0") }), digit <= 9 else {
            throw .malformed(path: path, reason: "the label is not a digit from 0 to 9")
        }
        return digit
    }

    private struct Member {
        let name: String
        let isFile: Bool
        /// The range of its bytes.
        let content: Range<Int>
        /// The offset of the next header.
        let next: Int
    }

    /// The member whose header is at `place`; nil at the end, which an empty block marks, or the file's.
    private static func member(
        of bytes: [UInt8], at place: Int, path: String
    ) throws(DataSetError) -> Member? {
        guard place < bytes.count else { return nil }
        guard place + blockSize <= bytes.count else {
            throw .truncated(path: path, size: bytes.count, expected: place + blockSize)
        }
        let header = bytes[place..<place + blockSize]
        if header.allSatisfy({ $0 == 0 }) { return nil }
        func field(_ offset: Int, _ length: Int) -> ArraySlice<UInt8> {
            header[(place + offset)..<(place + offset + length)].prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        }
        func number(_ offset: Int, _ length: Int) -> Int? {
            Int(String(decoding: field(offset, length), as: UTF8.self), radix: 8)
        }
        // The checksum counts as spaces.
        let sum =
            header.reduce(0) { $0 + Int($1) } - header[place + 148..<place + 156].reduce(0) { $0 + Int($1) }
        guard let size = number(124, 12), size >= 0, number(148, 8) == sum + 8 * Int(UInt8(ascii: " ")) else {
            throw .malformed(path: path, reason: "no tar header at byte \(place)")
        }
        let start = place + blockSize
        guard size <= bytes.count - start else {
            throw .truncated(path: path, size: bytes.count, expected: start + size)
        }
        let prefix = String(decoding: field(345, 155), as: UTF8.self)
        let name = String(decoding: header[place..<place + 100].prefix { $0 != 0 }, as: UTF8.self)
        let type = header[place + 156]
        return Member(
            name: prefix.isEmpty ? name : "\(prefix)/\(name)", isFile: type == 0 || type == UInt8(ascii: "0"),
            content: start..<start + size, next: start + (size + blockSize - 1) / blockSize * blockSize)
    }
}

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
        var member: [UInt8] = []
        try Self.append(name: name, contents: contents, to: &member)
        try append(members: member[...])
    }

    /// Adds files that `append(name:contents:to:)` has made members of.
    package func append(members: ArraySlice<UInt8>) throws(ImagingError) {
        try writing { () throws(OutputError) in try sink.write(members) }
    }

    /// Appends a file as a member of an archive to `members`. Throws as `append(name:contents:)` does.
    package static func append(
        name: String, contents: [UInt8], to members: inout [UInt8]
    ) throws(ImagingError) {
        try appendHeader(name: name, size: contents.count, to: &members)
        members += contents
        let padding = (blockSize - contents.count % blockSize) % blockSize
        members += repeatElement(0, count: padding)
    }

    /// Completes the sink. `endsArchive` writes the two empty blocks that end an archive; without them
    /// another archive may be appended with `cat`.
    package func finish(endsArchive: Bool = true) throws(OutputError) {
        if endsArchive { try sink.write([UInt8](repeating: 0, count: 2 * Self.blockSize)) }
        try sink.finish()
    }

    private static func appendHeader(
        name: String, size: Int, to members: inout [UInt8]
    ) throws(ImagingError) {
        let nameBytes = name.utf8
        guard (1...100).contains(nameBytes.count), nameBytes.allSatisfy({ (1..<128).contains($0) }) else {
            throw .unrepresentable(format: "tar", dimension: nameBytes.count, limit: 100)
        }
        guard size < 1 << 33 else {
            throw .unrepresentable(format: "tar", dimension: size, limit: 1 << 33 - 1)
        }
        let start = members.count
        members += emptyHeader
        var sum = emptyHeaderSum
        for (offset, byte) in nameBytes.enumerated() {
            members[start + offset] = byte
            sum += Int(byte)
        }
        for digit in 0..<11 {
            let byte = UInt8(ascii: "0") + UInt8(size >> (3 * (10 - digit)) & 7)
            members[start + 124 + digit] = byte
            sum += Int(byte)
        }
        for digit in 0..<6 {
            members[start + 148 + digit] = UInt8(ascii: "0") + UInt8(sum >> (3 * (5 - digit)) & 7)
        }
        members[start + 154] = 0
    }

    /// The header of a member without name, size and checksum, which counts as spaces.
    private static let emptyHeader: [UInt8] = {
        var header = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put("0000644", at: 100)  // mode
        put("0000000", at: 108)  // owner
        put("0000000", at: 116)  // group
        put("00000000000", at: 136)  // time of modification
        put("        ", at: 148)
        put("0", at: 156)  // an ordinary file
        put("ustar\u{0}00", at: 257)
        return header
    }()
    private static let emptyHeaderSum = emptyHeader.reduce(0) { $0 + Int($1) }
}
