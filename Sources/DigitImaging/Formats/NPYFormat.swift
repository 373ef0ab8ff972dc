/// NPY, which `numpy.load` reads: version 1.0, unsigned bytes, C order.
/// The header is padded with spaces so that the values begin at a multiple of 64 bytes.
package struct NPYFormat: ArrayFormat {
    package let name = "npy"

    package init() {}

    package func header(dimensions: [Int]) throws(ImagingError) -> [UInt8] {
        let shape = dimensions.map { "\($0)," }.joined(separator: " ")
        let trimmed = dimensions.count == 1 ? shape : String(shape.dropLast())
        var text = Array("{'descr': '|u1', 'fortran_order': False, 'shape': (\(trimmed)), }".utf8)
        let prefix: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let unpadded = prefix.count + 2 + text.count + 1
        text += [UInt8](repeating: UInt8(ascii: " "), count: (64 - unpadded % 64) % 64) + [UInt8(ascii: "\n")]
        guard let length = UInt16(exactly: text.count) else {
            throw .unrepresentable(format: "NPY", dimension: dimensions.count, limit: 32)
        }
        return prefix + [UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + text
    }
}
