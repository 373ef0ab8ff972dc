/// Images of one size, one after the other in one buffer: how the generator hands them over.
package struct ImageStack: Equatable, Sendable {
    /// The size of every image of a stack; each side is at least 1.
    package struct Size: Equatable, Sendable {
        package let width: Int
        package let height: Int
        /// Pixels of one image.
        package let pixelCount: Int

        /// Throws `ImagingError.size` for sizes that are not possible.
        package init(width: Int, height: Int) throws(ImagingError) {
            self.pixelCount = try GrayImage.pixelCount(width: width, height: height)
            self.width = width
            self.height = height
        }
    }

    package let size: Size
    /// Images of the stack.
    package let count: Int
    /// (count, height, width).
    package let pixels: [UInt8]

    /// Throws `ImagingError.pixelCount` when `pixels` is no whole number of images.
    package init(size: Size, pixels: [UInt8]) throws(ImagingError) {
        let count = pixels.count / size.pixelCount
        guard count * size.pixelCount == pixels.count else {
            throw .pixelCount(expected: (count + 1) * size.pixelCount, found: pixels.count)
        }
        self.size = size
        self.count = count
        self.pixels = pixels
    }
}
