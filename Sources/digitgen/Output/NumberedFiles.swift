import ArgumentParser
import CommandLineSupport
import DigitImaging
import DigitService
import Platform

/// The names of separate files by the numbers of their images: `%d`, or `%03d` for at least three digits.
struct NumberedName: Equatable {
    private let start: Substring
    private let end: Substring
    private let width: Int

    /// Nil if the last component of `path` has no such place. Throws `ValidationError` if it has several.
    init?(_ path: String) throws {
        let nameStart = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:))
        let places = path[(nameStart ?? path.startIndex)...].ranges(of: /%(0[1-9])?d/)
        guard let place = places.first else { return nil }
        guard places.count == 1 else {
            throw ValidationError("--output has several places for a number; expected one, such as %03d")
        }
        start = path[..<place.lowerBound]
        end = path[place.upperBound...]
        width = path[place].compactMap(\.wholeNumberValue).last ?? 1
    }

    /// The path of image `number`'s file.
    func path(_ number: Int) -> String {
        let digits = String(number)
        return start + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits + end
    }
}

/// A file for each image, each complete or absent. Those of a few images are open at once and appear together.
struct NumberedFiles {
    let name: NumberedName
    let format: any ImageFormat
    let layout: GridLayout
    /// What each file says of its layout.
    let layoutTexts: [PNGText]

    private static let groupSize = 64

    /// Draws the images into the files. Throws `ImagingError`, and `StoppedBySignal` after a signal; then the files
    /// of earlier images stay.
    func write(_ source: DigitSource) throws {
        let stop = StopSignal()
        AtomicFile.removeTemporaries(in: splitPath(name.path(0)).directory)
        var group: [AtomicFile] = []
        try source.draw(source.sequence.request.images) { piece, images in
            for (offset, number) in piece.enumerated() {
                try stop.check()
                let job = ImageJob(
                    count: 1, size: source.size, layout: layout,
                    texts: try Provenance(source.sequence, image: number).texts()
                        + layoutTexts)
                let file = try AtomicFile(path: name.path(number), isOneOfMany: true)
                let writer = try format.writer(for: job, to: UnfinishedSink(file))
                try writer.append(ImageStack(size: images.size, slice: images[offset]))
                try writer.finish()
                group.append(file)
                guard group.count == Self.groupSize else { continue }
                try AtomicFile.finish(group)
                group = []
            }
        }
        try stop.check()
        try AtomicFile.finish(group)
    }
}

/// Passes bytes on to a file that is finished later.
private final class UnfinishedSink: ByteSink {
    private let file: AtomicFile

    init(_ file: AtomicFile) { self.file = file }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) { try file.write(bytes) }

    func finish() {}
}
