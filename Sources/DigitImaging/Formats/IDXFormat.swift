/// IDX, the format of MNIST's files: two zero bytes, the type of the values (8: unsigned bytes), the number of
/// dimensions, each dimension as a 32-bit big-endian number, then the values.
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
