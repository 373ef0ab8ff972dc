import Platform
import DigitModel

/// Reads IDX files of MNIST's two kinds, plain or gzip-compressed, whatever their names say.
///
/// The format (Y. LeCun, "The MNIST database", file formats): a big-endian header of magic number and one
/// length for each dimension, then the elements as bytes in row-major order.
package enum IDXReader {
    /// Unsigned bytes in three dimensions: images, rows, columns.
    package static let imageMagic: UInt32 = 0x0000_0803
    /// Unsigned bytes in one dimension.
    package static let labelMagic: UInt32 = 0x0000_0801
    /// The most bytes that a file may have, as it is and unpacked: over a million images.
    package static let sizeLimit = 1 << 30

    /// Pixels of an image: 28 rows of 28.
    package static let imageSize = 28 * 28

    /// What stands in an IDX file.
    package struct Contents: Sendable {
        /// The entries after the header.
        package let entries: [UInt8]
    }

    /// The images at `path`, or if there is no such file at `path`.gz: 784 pixels each, row by row, 0 background.
    package static func images(_ path: String) throws(DataSetError) -> Contents {
        let (bytes, found) = try uncompressed(path)
        let count = try header(bytes, path: found, magic: imageMagic, size: 16)
        let (height, width) = (number(bytes, 8), number(bytes, 12))
        guard height == 28, width == 28 else {
            throw .wrongImageSize(path: found, height: height, width: width)
        }
        return try contents(bytes, path: found, headerSize: 16, entrySize: imageSize, count: count)
    }

    /// The labels at `path`, or if there is no such file at `path`.gz: one byte each, 0…9.
    package static func labels(_ path: String) throws(DataSetError) -> Contents {
        let (bytes, found) = try uncompressed(path)
        let count = try header(bytes, path: found, magic: labelMagic, size: 8)
        let result = try contents(bytes, path: found, headerSize: 8, entrySize: 1, count: count)
        if let index = result.entries.firstIndex(where: { $0 > 9 }) {
            throw .labelOutOfRange(path: found, offset: 8 + index, label: result.entries[index])
        }
        return result
    }

    /// The bytes of the file, and the name it was found under.
    private static func uncompressed(_ path: String) throws(DataSetError) -> (bytes: [UInt8], path: String) {
        let found = path.hasSuffix(".gz") || FileBytes.exists(path) ? path : path + ".gz"
        guard FileBytes.exists(found) else { throw .missingFile(path: path) }
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(found, limit: sizeLimit) } catch { throw .unreadable(error) }
        guard FileKind(of: bytes) == .gzip else { return (bytes, found) }
        do {
            return (try Gzip.unpack(bytes, limit: sizeLimit), found)
        } catch {
            switch error {
            case .corrupt(let offset, let reason):
                throw .corruptGzip(path: found, offset: offset, reason: reason)
            case .tooLarge:
                throw .tooLarge(path: found, limit: sizeLimit)
            case .outOfMemory:
                throw .unreadable(SystemError("unpack", found, code: ENOMEM))
            }
        }
    }

    /// Checks the magic number and returns the number of entries.
    private static func header(
        _ bytes: [UInt8], path: String, magic: UInt32, size: Int
    ) throws(DataSetError) -> Int {
        if bytes.count >= 4, number(bytes, 0) != magic {
            throw .wrongMagic(path: path, found: number(bytes, 0), expected: magic)
        }
        guard bytes.count >= size else { throw .truncated(path: path, size: bytes.count, expected: size) }
        let count = Int(number(bytes, 4))
        guard count > 0 else { throw .empty(path: path) }
        return count
    }

    private static func contents(
        _ bytes: [UInt8], path: String, headerSize: Int, entrySize: Int, count: Int
    ) throws(DataSetError) -> Contents {
        let expected = headerSize + count * entrySize
        guard bytes.count >= expected else {
            throw .truncated(path: path, size: bytes.count, expected: expected)
        }
        guard bytes.count == expected else {
            throw .trailingData(path: path, size: bytes.count, expected: expected)
        }
        guard FreeMemory.holds(expected) else { throw .unreadable(SystemError("read", path, code: ENOMEM)) }
        return Contents(entries: Array(bytes[headerSize...]))
    }

    /// The big-endian number at `offset`; four bytes must be there.
    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
