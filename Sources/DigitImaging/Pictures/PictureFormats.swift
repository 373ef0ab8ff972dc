import Platform

/// A way to store images. Every format is one file of this folder.
package protocol ImageFormat: Sendable {
    /// The name for users, which is also the file name extension.
    var name: String { get }
    /// The images become one picture, a grid, instead of an array of images.
    var isPicture: Bool { get }

    /// Begins a file in `sink`. Throws `ImagingError` when the job is not possible in this format, before
    /// anything is written.
    func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter
}

/// The contents of a file of images to come.
package struct ImageJob: Sendable {
    /// The number of images; at least 1.
    package let count: Int
    /// The size of each of them.
    package let size: ImageStack.Size
    /// Their arrangement and shades. (Formats other than pictures use only `invert`.)
    package let layout: GridLayout
    /// Facts about the images, for formats with room for text.
    package let texts: [PNGText]

    package init(count: Int, size: ImageStack.Size, layout: GridLayout, texts: [PNGText] = []) {
        self.count = count
        self.size = size
        self.layout = layout
        self.texts = texts
    }
}

/// A file of images that is being written: all images in their order, then `finish`.
package protocol ImageWriter: AnyObject {
    /// Throws `ImagingError.pixelCount` for images of another size or beyond the job's count, and what the
    /// sink throws.
    func append(_ images: ImageStack) throws(ImagingError)

    /// Completes the file and the sink. Throws `ImagingError.pixelCount` when images are missing.
    func finish() throws(ImagingError)
}

/// Draws images into a grid and encodes it when the last has come.
final class PictureWriter: ImageWriter {
    private var canvas: GridCanvas
    private let sink: any ByteSink
    private let encode: (GrayImage, any ByteSink) throws(ImagingError) -> Void
    private var missing: Int
    private let size: ImageStack.Size

    /// `encode` writes the finished picture. Throws `ImagingError.pictureTooLarge`.
    init(
        job: ImageJob, sink: any ByteSink,
        encode: @escaping (GrayImage, any ByteSink) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        let grid = try job.layout.grid(count: job.count, of: job.size)
        self.canvas = try GridCanvas(grid)
        self.sink = sink
        self.encode = encode
        self.missing = job.count
        self.size = job.size
    }

    func append(_ images: ImageStack) throws(ImagingError) {
        guard images.count <= missing else {
            throw .pixelCount(expected: missing * size.pixelCount, found: images.slice.count)
        }
        try canvas.draw(images)
        missing -= images.count
    }

    func finish() throws(ImagingError) {
        guard missing == 0 else { throw .pixelCount(expected: missing * size.pixelCount, found: 0) }
        try encode(canvas.picture, sink)
        try writing(sink.finish)
    }
}

/// One PNG with all images in a grid, and what is known about them in its text chunks.
package struct PNGFormat: ImageFormat {
    package let name = "png"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        let layout = job.layout
        let isSolid = layout.background == .solid
        return try PictureWriter(job: job, sink: sink) { picture, sink throws(ImagingError) in
            var encoder = try PNGEncoder()
            try encoder.encode(
                picture,
                as: isSolid ? .shade : .coverage(ink: layout.invert ? 0 : 255, inverted: layout.invert),
                texts: job.texts
            ) { part throws(ImagingError) in try writing { () throws(OutputError) in try sink.write(part) } }
        }
    }
}

/// One binary PGM (netpbm's P5) with all images in a grid.
package struct PGMFormat: ImageFormat {
    package let name = "pgm"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        try PictureWriter(job: job, sink: sink) { picture, sink throws(ImagingError) in
            try writing { () throws(OutputError) in
                try sink.write(Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8))
                try sink.write(picture.pixels)
            }
        }
    }
}
