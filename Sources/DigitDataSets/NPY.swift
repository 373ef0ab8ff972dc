import DigitImaging
import DigitModel
import Platform

/// NPY, numpy's format of an array (NEP 1, "A simple file format for NumPy arrays"): `\x93NUMPY`, the version, the
/// length of a header in two bytes (version 1) or four, the header, a Python dictionary, and then the elements.
///
/// Written are version 1.0, unsigned bytes, C order, the header padded with spaces so that the values begin at a
/// multiple of 64 bytes. Read are images of unsigned bytes and labels of integers of any size.
package struct NPYFormat: ArrayFormat {
    package let name = "npy"

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    package init() {}

    package func header(dimensions: [Int]) throws(ImagingError) -> [UInt8] {
        let shape = dimensions.map { "\($0)," }.joined(separator: " ")
        let trimmed = dimensions.count == 1 ? shape : String(shape.dropLast())
        var text = Array("{'descr': '|u1', 'fortran_order': False, 'shape': (\(trimmed)), }".utf8)
        let prefix = Self.magic + [1, 0]
        let unpadded = prefix.count + 2 + text.count + 1
        text += [UInt8](repeating: UInt8(ascii: " "), count: (64 - unpadded % 64) % 64) + [UInt8(ascii: "\n")]
        guard let length = UInt16(exactly: text.count) else {
            throw .unrepresentable(format: "NPY", dimension: dimensions.count, limit: 32)
        }
        return prefix + [UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + text
    }
}

extension NPYFormat {
    /// The images at `path`: MNIST's size, row by row, 0 background.
    package static func images(_ path: String) throws(DataSetError) -> [UInt8] {
        try images(bytes(path), path: path)
    }

    /// The labels at `path`, 0…9.
    package static func labels(_ path: String) throws(DataSetError) -> [UInt8] {
        try labels(bytes(path), path: path)
    }

    /// The images in a file of these bytes, which errors call `path`.
    package static func images(_ bytes: [UInt8], path: String) throws(DataSetError) -> [UInt8] {
        let header = try Header(bytes, path: path)
        let size = ImageSize.mnist
        guard header.shape.count == 3, header.shape[1...] == [size.height, size.width] else {
            throw .malformed(
                path: path,
                reason: "the shape is (\(header.shapeText)); expected (count, \(size.height), \(size.width))")
        }
        guard header.type == "|u1" else {
            throw .malformed(
                path: path,
                reason: "the elements are '\(header.type)'; expected '|u1', 0 background to 255 ink")
        }
        return try header.elements(of: bytes, size: 1, path: path)
    }

    /// The labels in a file of these bytes, which errors call `path`.
    package static func labels(_ bytes: [UInt8], path: String) throws(DataSetError) -> [UInt8] {
        let header = try Header(bytes, path: path)
        guard header.shape.count == 1 else {
            throw .malformed(path: path, reason: "the shape is (\(header.shapeText)); expected (count,)")
        }
        let sizes = [
            "|u1": 1, "|i1": 1, "<u2": 2, "<i2": 2, "<u4": 4, "<i4": 4, "<u8": 8, "<i8": 8,
        ]
        guard let size = sizes[header.type] else {
            throw .malformed(
                path: path,
                reason: "the elements are '\(header.type)'; expected integers such as '|u1' or '<i8'")
        }
        let elements = try header.elements(of: bytes, size: size, path: path)
        return try stride(from: 0, to: elements.count, by: size).map { start throws(DataSetError) in
            let label = elements[start]
            guard label <= 9, elements[start + 1..<start + size].allSatisfy({ $0 == 0 }) else {
                throw .malformed(path: path, reason: "label \(start / size) is not a digit from 0 to 9")
            }
            return label
        }
    }

    private static func bytes(_ path: String) throws(DataSetError) -> [UInt8] {
        do { return try FileBytes.read(path, limit: DataSet.fileLimit) } catch { throw .unreadable(error) }
    }

    /// The header: the type and shape of the elements.
    private struct Header {
        let type: String
        let shape: [Int]
        /// The number of bytes before the first element.
        let size: Int

        var shapeText: String { shape.map(String.init).joined(separator: ", ") }

        init(_ bytes: [UInt8], path: String) throws(DataSetError) {
            guard bytes.starts(with: magic), bytes.count >= 12, (1...3).contains(bytes[6]) else {
                throw .malformed(path: path, reason: "not an NPY file of version 1 to 3")
            }
            let lengthSize = bytes[6] == 1 ? 2 : 4
            let length = bytes[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
            size = 8 + lengthSize + length
            guard bytes.count >= size else {
                throw .truncated(path: path, size: bytes.count, expected: size)
            }
            let text = String(decoding: bytes[(8 + lengthSize)..<size], as: UTF8.self).filter { $0 != " " }
            guard let type = Self.value(in: text, after: "'descr':'", until: "'"),
                let shape = Self.value(in: text, after: "'shape':(", until: ")")?.split(separator: ",")
            else {
                throw .malformed(path: path, reason: "the header declares no type or no shape")
            }
            guard text.contains("'fortran_order':False") || shape.count < 2 else {
                throw .malformed(path: path, reason: "the array is in Fortran order; expected C order")
            }
            let numbers = shape.compactMap { Int($0) }
            guard numbers.count == shape.count, numbers.allSatisfy({ (0...DataSet.fileLimit).contains($0) })
            else { throw .malformed(path: path, reason: "the header declares an impossible shape") }
            self.type = type
            self.shape = numbers
        }

        /// The bytes of all elements, each of `size` bytes.
        func elements(of bytes: [UInt8], size: Int, path: String) throws(DataSetError) -> [UInt8] {
            guard shape[0] > 0 else { throw .malformed(path: path, reason: "the header declares zero items") }
            let expected = shape.reduce(size) { total, length in
                let (product, overflow) = total.multipliedReportingOverflow(by: length)
                return overflow ? Int.max - self.size : product
            }
            guard bytes.count - self.size >= expected else {
                throw .truncated(path: path, size: bytes.count, expected: self.size + expected)
            }
            guard bytes.count - self.size == expected else {
                throw .trailingData(path: path, size: bytes.count, expected: self.size + expected)
            }
            return Array(bytes[self.size...])
        }

        private static func value(in text: String, after start: String, until end: Character) -> String? {
            guard let range = text.firstRange(of: start) else { return nil }
            let rest = text[range.upperBound...]
            return rest.firstIndex(of: end).map { String(rest[..<$0]) }
        }
    }
}
