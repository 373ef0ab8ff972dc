import CLibPNG
import DigitModel

/// Reads PNGs as grays.
enum PNGReader {
    /// The greatest size of a file in bytes.
    static let sizeLimit = 1 << 24
    /// The most pixels of a picture.
    private static let pixelLimit = 1 << 24

    /// The shades of the picture of one digit in these bytes, which errors call `path`. What is transparent becomes
    /// background.
    static func digit(_ bytes: [UInt8], path: String) throws(DataSetError) -> [UInt8] {
        let size = ImageSize.mnist
        return try read(bytes, path: path) { width, height throws(DataSetError) in
            guard width == size.width, height == size.height else {
                throw .malformed(
                    path: path, reason: "\(width)×\(height) pixels; expected \(size.width)×\(size.height)")
            }
        }.shades
    }

    /// The shades of a picture of any size, on white where it is transparent.
    static func picture(_ bytes: [UInt8], path: String) throws(DataSetError) -> GrayPicture {
        try read(bytes, path: path, background: 255) { width, height throws(DataSetError) in
            guard width * height <= pixelLimit else {
                throw .malformed(
                    path: path, reason: "\(width)×\(height) pixels; expected at most \(pixelLimit)")
            }
        }
    }

    private static func read(
        _ bytes: [UInt8], path: String, background: UInt8? = nil,
        check: (_ width: Int, _ height: Int) throws(DataSetError) -> Void
    ) throws(DataSetError) -> GrayPicture {
        // libpng's simplified interface, whose functions return errors instead of jumping over Swift's frames.
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else {
            throw .malformed(path: path, reason: "not a PNG: \(message(of: image))")
        }
        defer { png_image_free(&image) }
        let (width, height) = (Int(image.width), Int(image.height))
        try check(width, height)
        image.format = png_uint_32(0)  // PNG_FORMAT_GRAY
        var shades = [UInt8](repeating: background ?? 0, count: width * height)
        var color = png_color(red: background ?? 0, green: background ?? 0, blue: background ?? 0)
        let isRead = withUnsafePointer(to: &color) { color in
            png_image_finish_read(&image, background == nil ? nil : color, &shades, png_int_32(width), nil)
        }
        guard isRead != 0 else {
            throw .malformed(path: path, reason: "a damaged PNG: \(message(of: image))")
        }
        return GrayPicture(width: width, height: height, shades: shades)
    }

    private static func message(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
