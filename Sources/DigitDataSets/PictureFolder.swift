import CLibPNG
import DigitModel
import Platform

/// Reads folders of PNGs, one for each label: `7/00000042.png`.
enum PictureFolderReader {
    /// Adds the pictures in the folders of `labels` below `path`, in the order of their names, which is the order in
    /// which digitgen drew them, whatever the digits.
    static func read(
        _ path: String, labels: [UInt8], into digits: inout LabelledDigits
    ) throws(DataSetError) {
        var pictures: [(name: String, label: UInt8)] = []
        for label in labels {
            let names: [String]
            do { names = try FolderContents.list("\(path)/\(label)") } catch { throw .unreadable(error) }
            pictures += names.filter { $0.lowercased().hasSuffix(".png") }.map { ($0, label) }
        }
        guard !pictures.isEmpty else { throw .noDigits(path: path) }
        digits.reserve(pictures.count)
        pictures.sort { ($0.name, $0.label) < ($1.name, $1.label) }
        for picture in pictures {
            let file = "\(path)/\(picture.label)/\(picture.name)"
            let bytes: [UInt8]
            do { bytes = try FileBytes.readOrdinary(file, limit: PNGReader.sizeLimit) } catch {
                throw .unreadable(error)
            }
            digits.append(try PNGReader.digit(bytes, path: file), label: picture.label)
        }
    }
}

/// Reads PNGs of one digit.
enum PNGReader {
    /// The greatest size of a file in bytes.
    static let sizeLimit = 1 << 20

    /// The shades of the picture in these bytes, which errors call `path`. Colours become grays, and what is
    /// transparent becomes background.
    static func digit(_ bytes: [UInt8], path: String) throws(DataSetError) -> [UInt8] {
        // libpng's simplified interface, whose functions return errors instead of jumping over Swift's frames.
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else {
            throw .malformed(path: path, reason: "not a PNG: \(message(of: image))")
        }
        defer { png_image_free(&image) }
        let size = ImageSize.mnist
        guard image.width == size.width, image.height == size.height else {
            throw .malformed(
                path: path,
                reason: "\(image.width)×\(image.height) pixels; expected \(size.width)×\(size.height)")
        }
        image.format = png_uint_32(0)  // PNG_FORMAT_GRAY
        var pixels = [UInt8](repeating: 0, count: size.pixelCount)
        guard png_image_finish_read(&image, nil, &pixels, png_int_32(size.width), nil) != 0 else {
            throw .malformed(path: path, reason: "a damaged PNG: \(message(of: image))")
        }
        return pixels
    }

    private static func message(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
