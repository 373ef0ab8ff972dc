import DigitImaging
import DigitService

/// The file of the images and, where there is room for one, the file of their labels.
struct OutputFiles {
    private let job: ImageJob
    private let images: any ImageWriter
    private let labels: ArrayWriter?
    /// Until the end there are only temporary files, which are not to be left behind.
    private let isTemporary: Bool

    /// Opens both. Throws `ImagingError`, or `UsageError` when a folder is named for a picture.
    init(
        destination: Destination, format: any ImageFormat, job: ImageJob, labelsPerImage: Int
    ) throws {
        self.job = job
        guard case .path(var path) = destination else {
            images = try format.writer(for: job, to: DescriptorSink.standardOutput())
            labels = nil
            isTemporary = false
            return
        }
        let array = format.isPicture ? nil : format as? any ArrayFormat
        if case .folder = PathKind(path) {
            guard let array else {
                throw UsageError(message: "'\(path)' is a folder; name a file for the \(format.name)")
            }
            path += (path.last == "/" ? "" : "/") + array.fileName(stem: "images", rank: 3)
        }
        let isStream = PathKind(path) == .stream
        isTemporary = !isStream
        images = try format.writer(for: job, to: openSink(path))
        guard let array, array.describesItself, labelsPerImage > 0, !isStream else {
            labels = nil
            return
        }
        let dimensions = labelsPerImage == 1 ? [job.count] : [job.count, labelsPerImage]
        let labelsPath = ArrayFileNames.labels(besideImages: path, rank: dimensions.count)
        labels = try ArrayWriter(format: array, dimensions: dimensions, sink: AtomicFile(path: labelsPath))
    }

    /// Draws the images into the files. Throws `ImagingError`, and `Interruption.Signalled` when files would be
    /// left behind.
    func write(_ source: DigitSource) throws {
        // A pipe may block for ever; then signals must not wait.
        let interruption = isTemporary ? Interruption() : nil
        try source.draw(0..<job.count) { piece, drawn in
            try images.append(drawn)
            try labels?.append(source.labels(piece))
            try interruption?.check()
        }
        // The labels first: whoever waits for the images finds both.
        try labels?.finish()
        try images.finish()
    }
}
