import DigitGen
import DigitImaging

/// Encodes the images of a reply: one file, or one for each image.
struct ImageFiles: ~Copyable {
    private var encoder: PNGEncoder

    init() throws(ImagingError) {
        encoder = try PNGEncoder()
    }

    /// The images of a reply.
    struct Content {
        /// Pixels of the picture of all images, or of each image.
        let width: Int
        let height: Int
        /// One file for a grid, one for each image otherwise.
        let files: [ArraySlice<UInt8>]
    }

    /// The files of a request.
    ///
    /// A picture of all images has the same bytes as from the command line; single images have the same as in a data
    /// set.
    ///
    /// - Parameter pixels: its digits, one after the other.
    mutating func content(
        of operation: DrawOperation, _ source: DigitSource, pixels: ArraySlice<UInt8>
    ) throws(ImagingError) -> Content {
        let images = try source.stack(pixels)
        switch operation.layout {
        case .grid: return try grid(of: images, operation, source)
        case .each: return try each(of: images, format: operation.format)
        }
    }

    private mutating func grid(
        of images: ImageStack, _ operation: DrawOperation, _ source: DigitSource
    ) throws(ImagingError) -> Content {
        // As on the command line: a morph is a strip.
        let layout = try GridLayout(columns: operation.request.isMorph ? images.count : nil)
        let picture = try Self.picture(of: images, layout)
        let file =
            switch operation.format {
            case .raw: picture.pixels
            case .png: try encoder.encode(picture, texts: source.provenance.texts())
            }
        return Content(width: picture.width, height: picture.height, files: [file[...]])
    }

    private static func picture(
        of images: ImageStack, _ layout: GridLayout
    ) throws(ImagingError) -> GrayImage {
        guard images.count > 1 else {
            return try GrayImage(width: images.size.width, height: images.size.height, pixels: images.pixels)
        }
        return try layout.picture(of: images)
    }

    private mutating func each(
        of images: ImageStack, format: DrawOperation.Format
    ) throws(ImagingError) -> Content {
        var files: [ArraySlice<UInt8>] = []
        files.reserveCapacity(images.count)
        for index in 0..<images.count {
            switch format {
            case .raw: files.append(images[index])
            case .png: files.append(try encoder.encode(images, index: index)[...])
            }
        }
        return Content(width: images.size.width, height: images.size.height, files: files)
    }
}
