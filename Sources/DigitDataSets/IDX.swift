import DigitImaging
import DigitModel
import Platform

/// IDX, the format of MNIST's files (Y. LeCun, "The MNIST database", file formats): two zero bytes, the type of the
/// values (8: unsigned bytes), the number of dimensions, each dimension as a 32-bit big-endian number, then the values
/// in row-major order.
package struct IDXFormat: ArrayFormat {
    package let name = "idx"

    package init() {}

    package func fileName(stem: String, rank: Int) -> String { "\(stem)-idx\(rank)-ubyte" }

    package func header(dimensions: [Int]) throws(ImagingError) -> [UInt8] {
        guard dimensions.count <= UInt8.max else {
            throw .unrepresentable(format: "IDX", dimension: dimensions.count, limit: Int(UInt8.max))
        }
        var sizes: [UInt32] = []
        for dimension in dimensions {
            guard let size = UInt32(exactly: dimension) else {
                throw .unrepresentable(format: "IDX", dimension: dimension, limit: Int(UInt32.max))
            }
            sizes.append(size)
        }
        return Self.header(sizes)
    }

    /// The header of an array of at most 255 dimensions.
    package static func header(_ dimensions: [UInt32]) -> [UInt8] {
        [0, 0, 8, UInt8(dimensions.count)]
            + dimensions.flatMap { size in withUnsafeBytes(of: size.bigEndian) { Array($0) } }
    }
}

extension IDXFormat {
    /// The first four bytes of a file of images: unsigned bytes in three dimensions (images, rows, columns).
    package static let imageMagic: UInt32 = 0x0000_0803
    /// The first four bytes of a file of labels: unsigned bytes in one dimension.
    package static let labelMagic: UInt32 = 0x0000_0801

    /// The images at `path`, or at `path`.gz if there is no such file: MNIST's size, row by row, 0 background. Either
    /// may be compressed, whatever its name.
    package static func images(_ path: String) throws(DataSetError) -> [UInt8] {
        let size = ImageSize.mnist
        let (bytes, found) = try Gzip.contents(path)
        let count = try header(bytes, path: found, magic: imageMagic, size: 16)
        let (height, width) = (number(bytes, 8), number(bytes, 12))
        guard height == size.height, width == size.width else {
            throw .wrongImageSize(path: found, height: height, width: width)
        }
        return try values(bytes, path: found, headerSize: 16, count: count * size.pixelCount)
    }

    /// The labels at `path`, or at `path`.gz if there is no such file: one byte each, 0…9.
    package static func labels(_ path: String) throws(DataSetError) -> [UInt8] {
        let (bytes, found) = try Gzip.contents(path)
        let count = try header(bytes, path: found, magic: labelMagic, size: 8)
        let labels = try values(bytes, path: found, headerSize: 8, count: count)
        if let index = labels.firstIndex(where: { $0 > 9 }) {
            throw .labelOutOfRange(path: found, offset: 8 + index, label: labels[index])
        }
        return labels
    }

    /// Checks the magic number and returns the number of items.
    private static func header(
        _ bytes: [UInt8], path: String, magic: UInt32, size: Int
    ) throws(DataSetError) -> Int {
        if bytes.count >= 4, number(bytes, 0) != magic {
            throw .wrongMagic(
                path: path, found: number(bytes, 0), kind: FileKind(of: bytes), expected: magic)
        }
        guard bytes.count >= size else { throw .truncated(path: path, size: bytes.count, expected: size) }
        let count = Int(number(bytes, 4))
        guard count > 0 else { throw .empty(path: path) }
        return count
    }

    private static func values(
        _ bytes: [UInt8], path: String, headerSize: Int, count: Int
    ) throws(DataSetError) -> [UInt8] {
        let expected = headerSize + count
        guard bytes.count >= expected else {
            throw .truncated(path: path, size: bytes.count, expected: expected)
        }
        guard bytes.count == expected else {
            throw .trailingData(path: path, size: bytes.count, expected: expected)
        }
        return Array(bytes[headerSize...])
    }

    /// The big-endian number at `offset`; four bytes must be there.
    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
