/// Drawn images, all of one size, and what they show.
public struct DigitImages: Equatable, Sendable {
    /// One image after the other, each row by row from the top; 0 is background, 255 ink.
    public let pixels: [UInt8]
    /// Number of images.
    public let count: Int
    /// Pixels across: as many times the width of a digit as a number has digits.
    public let width: Int
    /// Pixels down.
    public let height: Int
    /// The seed that drew them: with it the same request gives the same images.
    public let seed: UInt64
    /// The digit or number that each image shows; empty for an unconditional model.
    public let labels: [String]

    /// The pixels of one image, `width * height` of them.
    ///
    /// - Parameter index: 0 ..< `count`.
    public subscript(index: Int) -> ArraySlice<UInt8> {
        pixels[index * width * height..<(index + 1) * width * height]
    }
}
