import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// The file of outlines.
struct SVGFile {
    private let job: ImageJob
    private let writer: SVGWriter
    /// As that of `OutputFiles`.
    private let stop: StopSignal?

    /// Opens it. Throws `ImagingError`, or `UsageError` when a folder is named.
    init(destination: Destination, job: ImageJob) throws {
        self.job = job
        guard case .path(let path) = destination else {
            stop = nil
            writer = try SVGWriter(job, to: DescriptorSink.standardOutput())
            return
        }
        let kind = PathKind(path)
        if case .folder = kind {
            throw UsageError.folder(path, whereFileOf: "svg")
        }
        // Before the file is created.
        stop = kind == .stream ? nil : StopSignal()
        writer = try SVGWriter(job, to: NamedOutput.open(path))
    }

    /// Draws the images into the file. Throws `ImagingError`, and `StoppedBySignal` after a signal.
    func write(_ source: DigitSource) throws {
        try source.outline(source.sequence.request.images, unitsPerPixel: SVGWriter.unitsPerPixel) { digits in
            try stop?.check()
            try writer.append(digits.map(\.loops))
        }
        try stop?.check()
        try writer.finish()
    }
}
