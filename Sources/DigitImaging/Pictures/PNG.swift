/// PNG files, for programs that use the library.
///
/// ```swift
/// let digits = try DigitGenerator.default.images(of: "7", count: 1, seed: 1)
/// let file = try PNG.encode(digits.pixels, width: digits.width, height: digits.height)
/// ```
public enum PNG {
    /// Returns an 8-bit grayscale PNG of a picture.
    ///
    /// - Parameters:
    ///   - pixels: row by row from the top, `width` × `height`; 0 is black.
    ///   - width: at least 1.
    ///   - height: at least 1. Several images, one below the other, are one picture.
    /// - Throws: `PNGError` for sizes that are not possible or that `pixels` do not have.
    public static func encode(
        _ pixels: [UInt8], width: Int, height: Int
    ) throws(PNGError) -> [UInt8] {
        do throws(ImagingError) {
            var encoder = try PNGEncoder()
            return try encoder.encode(GrayImage(width: width, height: height, pixels: pixels))
        } catch {
            throw PNGError(description: error.description)
        }
    }
}

/// The reason why pixels cannot become a PNG.
public struct PNGError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line for people.
    public let description: String
}
