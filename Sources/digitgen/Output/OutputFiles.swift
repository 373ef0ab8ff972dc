import CommandLineSupport
import DigitDataSets
import DigitGen
import DigitImaging
import DigitService
import DigitModel
import Platform

/// The destination of the images.
enum Destination {
    /// A preview on a terminal.
    case terminal(Terminal, PreviewKind)
    /// Standard output is a file or a pipe.
    case standardOutput
    /// The path given with `-o`.
    case path(String)

    /// `output` is the value of `-o`. A requested `preview` goes to standard output whatever that is.
    init(output: String?, preview: PreviewKind?) {
        if let preview {
            self = .terminal(Terminal(STDOUT_FILENO) ?? .assumed(), preview)
        } else if let output, output != "-" {
            self = .path(output)
        } else if let terminal = Terminal(STDOUT_FILENO) {
            self = .terminal(terminal, .blocks)
        } else {
            self = .standardOutput
        }
    }
}

/// The file of the images and, for arrays with labels, the file of the labels.
struct OutputFiles {
    private let job: ImageJob
    private let images: any ImageWriter
    private let labels: ArrayWriter?
    /// Takes signals over, so that no temporary files are left behind. Nil for a stream, which may block without limit:
    /// there signals end the process at once.
    private let stop: StopSignal?

    /// Opens both. Throws `ImagingError`, or `UsageError` when a folder is named for a picture or one file for both.
    init(
        destination: Destination, format: any ImageFormat, job: ImageJob, labelsPerImage: Int
    ) throws {
        self.job = job
        guard case .path(var path) = destination else {
            stop = nil
            images = try format.writer(for: job, to: DescriptorSink.standardOutput())
            labels = nil
            return
        }
        let array = format.isPicture ? nil : format as? any ArrayFormat
        var folder: String?
        if case .folder = PathKind(path) {
            guard let array else {
                throw UsageError.folder(path, whereFileOf: format.name)
            }
            folder = path
            path = array.imagesPath(in: path)
        }
        let isStream = PathKind(path) == .stream
        // Before the first file is created.
        stop = isStream ? nil : StopSignal()
        let folders = try folder.map { folder throws(OutputError) in try NewFolders(folder) }
        let sink = try NamedOutput.open(path, in: folders)
        images = try format.writer(for: job, to: sink)
        guard let array, array.describesItself, labelsPerImage > 0, !isStream else {
            labels = nil
            return
        }
        let dimensions = labelsPerImage == 1 ? [job.count] : [job.count, labelsPerImage]
        let labelsPath = ArrayFileNames.labels(besideImages: path, rank: dimensions.count)
        let labelsFile = try AtomicFile(path: labelsPath, in: folders)
        guard (sink as? AtomicFile)?.isSameFile(as: labelsFile) != true else {
            throw UsageError(
                message: "'\(path)' and '\(labelsPath)' for the labels are the same file; choose another name"
            )
        }
        labels = try ArrayWriter(format: array, dimensions: dimensions, sink: labelsFile)
    }

    /// Draws the images into the files. Throws `ImagingError`, and `StoppedBySignal` after a signal.
    func write(_ source: DigitSource) throws {
        try source.draw(source.sequence.request.images) { piece, drawn in
            try stop?.check()
            try images.append(drawn)
            try labels?.append(source.sequence.labels(piece))
        }
        try stop?.check()
        // The labels first, so that a process that waits for the images finds both.
        try labels?.finish()
        try images.finish()
    }
}

extension ArrayFormat {
    /// The path of the images that are written into a folder.
    func imagesPath(in folder: String) -> String {
        folder + (folder.last == "/" ? "" : "/") + fileName(stem: "images", rank: 3)
    }
}
