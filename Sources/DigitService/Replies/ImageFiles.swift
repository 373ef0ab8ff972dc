import DigitGen
import DigitImaging

/// Turns drawn pixels into what a request wants: a file, or one for each image.
struct ImageFiles: ~Copyable {
    private var encoder: PNGEncoder

    init() throws(ImagingError) {
        encoder = try PNGEncoder()
    }

    /// What a reply carries.
    struct Content {
        /// Pixels of the picture of all images, or of each image.
        let width: Int
        let height: Int
        /// One file for a grid, one for each image otherwise.
        let files: [ArraySlice<UInt8>]
    }

    /// The files of a drawing.
    ///
    /// A picture of all images has the bytes that the command line writes for the same request; single images
    /// have those that a data set has.
    ///
    /// - Parameter pixels: 784 for each digit.
    mutating func content(
        of drawing: Drawing, pixels: ArraySlice<UInt8>
    ) throws(ImagingError) -> Content {
        let size = drawing.source.size
        let digits = size.width / 28
        let images = try ImageStack(
            size: size,
            pixels: digits == 1 ? Array(pixels) : DigitGenerator.sideBySide(Array(pixels), digits: digits))
        switch drawing.request.layout {
        case .grid: return try grid(of: images, drawing)
        case .each: return try each(of: images, format: drawing.request.format)
        }
    }

    private mutating func grid(of images: ImageStack, _ drawing: Drawing) throws(ImagingError) -> Content {
        // As on the command line: a morph is a strip.
        let layout = try GridLayout(columns: drawing.request.morph == nil ? nil : images.count)
        let picture = try Self.picture(of: images, layout)
        let file =
            switch drawing.request.format {
            case .raw: picture.pixels
            case .png: try encoder.encode(picture, texts: drawing.texts())
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
        of images: ImageStack, format: DrawRequest.Format
    ) throws(ImagingError) -> Content {
        let area = images.size.pixelCount
        var files: [ArraySlice<UInt8>] = []
        files.reserveCapacity(images.count)
        for index in 0..<images.count {
            switch format {
            case .raw: files.append(images.pixels[index * area..<(index + 1) * area])
            case .png: files.append(try encoder.encode(images, index: index)[...])
            }
        }
        return Content(width: images.size.width, height: images.size.height, files: files)
    }
}
