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
            throw .pixelCount(expected: missing * size.pixelCount, found: images.pixels.count)
        }
        try canvas.draw(images)
        missing -= images.count
    }

    func finish() throws(ImagingError) {
        guard missing == 0 else { throw .pixelCount(expected: missing * size.pixelCount, found: 0) }
        try encode(canvas.picture, sink)
        try sink.finish()
    }
}
