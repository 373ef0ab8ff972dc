/// IDX, the format of MNIST's files: two zero bytes, the type of the values (8: unsigned bytes), the number of
/// dimensions, each dimension as a 32-bit big-endian number, then the values.
package struct IDXFormat: ArrayFormat {
    package let name = "idx"

    package init() {}

    package func fileName(stem: String, rank: Int) -> String { "\(stem)-idx\(rank)-ubyte" }

    package func header(dimensions: [Int]) throws(ImagingError) -> [UInt8] {
        guard let rank = UInt8(exactly: dimensions.count) else {
            throw .unrepresentable(format: "IDX", dimension: dimensions.count, limit: 255)
        }
        var header: [UInt8] = [0, 0, 8, rank]
        for dimension in dimensions {
            guard let size = UInt32(exactly: dimension) else {
                throw .unrepresentable(format: "IDX", dimension: dimension, limit: Int(UInt32.max))
            }
            withUnsafeBytes(of: size.bigEndian) { header += $0 }
        }
        return header
    }
}
