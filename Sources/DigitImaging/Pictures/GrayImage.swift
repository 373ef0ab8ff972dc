/// A grayscale picture: 8 bits a pixel, 0 black, 255 white.
package struct GrayImage: Equatable, Sendable {
    /// The most pixels a picture may have: 2^28, which is a quarter of a GiB.
    package static let maximumPixelCount = 1 << 28

    /// Pixels a row; at least 1.
    package let width: Int
    /// Rows; at least 1.
    package let height: Int
    /// (height, width), row by row from the top.
    package internal(set) var pixels: [UInt8]

    /// Throws `ImagingError.size` for sizes that are not possible and `.pixelCount` when `pixels` does not
    /// hold `width` × `height` values.
    package init(width: Int, height: Int, pixels: [UInt8]) throws(ImagingError) {
        let expected = try Self.pixelCount(width: width, height: height)
        guard pixels.count == expected else {
            throw .pixelCount(expected: expected, found: pixels.count)
        }
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A picture of one shade. Throws `ImagingError.size` for sizes that are not possible.
    package init(width: Int, height: Int, shade: UInt8) throws(ImagingError) {
        let count = try Self.pixelCount(width: width, height: height)
        self.width = width
        self.height = height
        self.pixels = [UInt8](repeating: shade, count: count)
    }

    /// `width` × `height`; throws `ImagingError.size` when a side is below 1 or the product is too large.
    static func pixelCount(width: Int, height: Int) throws(ImagingError) -> Int {
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard width >= 1, height >= 1, !overflow, count <= maximumPixelCount else {
            throw .size(width: width, height: height)
        }
        return count
    }
}
