/// A grayscale picture: 8 bits a pixel, 0 black, 255 white.
package struct GrayImage: Equatable, Sendable {
    /// The most pixels a picture may have: 2^28, which is a quarter of a GiB.
    package static let maximumPixelCount = 1 << 28

    /// The number of pixels in a row; at least 1.
    package let width: Int
    /// The number of rows; at least 1.
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

/// Images of one size, one after the other in one buffer, as the generator draws them.
package struct ImageStack: Equatable, Sendable {
    /// The size of every image of a stack; each side is at least 1.
    package struct Size: Equatable, Sendable {
        package let width: Int
        package let height: Int
        /// The number of pixels of one image.
        package let pixelCount: Int

        /// Throws `ImagingError.size` for sizes that are not possible.
        package init(width: Int, height: Int) throws(ImagingError) {
            self.pixelCount = try GrayImage.pixelCount(width: width, height: height)
            self.width = width
            self.height = height
        }
    }

    package let size: Size
    /// The number of images.
    package let count: Int
    /// (count, height, width), possibly a part of a larger buffer.
    package let slice: ArraySlice<UInt8>

    /// The same as an array, which is a copy only of a part of a larger buffer.
    package var pixels: [UInt8] { Array(slice) }

    /// Throws `ImagingError.pixelCount` when `slice` is not a whole number of images.
    package init(size: Size, slice: ArraySlice<UInt8>) throws(ImagingError) {
        let count = slice.count / size.pixelCount
        guard count * size.pixelCount == slice.count else {
            throw .pixelCount(expected: (count + 1) * size.pixelCount, found: slice.count)
        }
        self.size = size
        self.count = count
        self.slice = slice
    }

    /// Throws as `init(size:slice:)` does.
    package init(size: Size, pixels: [UInt8]) throws(ImagingError) {
        try self.init(size: size, slice: pixels[...])
    }

    /// The pixels of an image.
    package subscript(index: Int) -> ArraySlice<UInt8> {
        precondition((0..<count).contains(index), "a stack of \(count) has no image \(index)")
        let start = slice.startIndex + index * size.pixelCount
        return slice[start..<start + size.pixelCount]
    }
}
