import DigitDataSets
import DigitImaging
import DigitModel
import Platform
import StrictJSON

/// A format of data sets. Each is one file of this folder.
package protocol DataSetFormat: Sendable {
    /// The value of `--format`.
    var name: String { get }

    /// Options of the format, for the manifest and the data set card.
    var details: [DataSetDetail] { get }

    /// The files of a part, group by group, in the order of the manifest.
    func files(of part: DataSetPart) -> [DataSetFileGroup]

    /// The parts whose images are drawn one after the other, because another file begins with each.
    func sections(of part: DataSetPart) -> [DataSetPart]

    /// Throws `DataSetJobError` or `DigitGeneratorError` if the format cannot hold this part.
    func check(_ part: DataSetPart) throws

    /// The bytes of a piece of the part. Called on several threads at once.
    func encode(_ piece: DrawnPiece, of part: DataSetPart) throws -> EncodedPiece

    /// Begins the files. Throws `OutputError` if they cannot be created, `ImagingError` if the format cannot hold so
    /// many images.
    func writer(for part: DataSetPart, in folder: StagedFolder) throws -> any DataSetWriter

    /// The first file of a group that differs from the part; nil if the groups are single files or nothing differs.
    /// Throws `ImagingError` and `OutputError`.
    func firstDifference(from part: DataSetPart, in folder: String) throws -> String?
}

extension DataSetFormat {
    package var details: [DataSetDetail] { [] }
    package func sections(of part: DataSetPart) -> [DataSetPart] { [part] }
    package func check(_ part: DataSetPart) {}
    package func encode(_ piece: DrawnPiece, of part: DataSetPart) throws -> EncodedPiece {
        EncodedPiece(range: piece.range, labels: piece.labels, bytes: piece.images.slice)
    }
    package func firstDifference(from part: DataSetPart, in folder: String) -> String? { nil }
}

/// An option of a format that is not the default.
package struct DataSetDetail: Sendable {
    /// The key in the manifest.
    let name: String
    let value: JSONValue
    /// The option on the command line.
    let words: String
}

/// A format that needs no folder: one file, written from beginning to end.
package protocol StreamedDataSetFormat: DataSetFormat {
    /// Begins the file in `sink`. Throws `ImagingError` and `OutputError`.
    func writer(for part: DataSetPart, to sink: any ByteSink) throws -> any DataSetWriter
}

/// Images that one thread has drawn.
package struct DrawnPiece {
    /// Their numbers in the whole data set.
    let range: Range<Int>
    let images: ImageStack
    /// One per image, or none if the model is unconditional.
    let labels: [UInt8]
}

/// The same as they are written.
package struct EncodedPiece {
    let range: Range<Int>
    let labels: [UInt8]
    /// What the format makes of the images: pixels, files one after the other, or members of an archive.
    let bytes: ArraySlice<UInt8>
    /// The ends of the files in `bytes`, if each image has one.
    var ends: [Int] = []
}

/// Writes the pieces of one part into files: all in order, then `finish`.
package protocol DataSetWriter: AnyObject {
    func append(_ piece: EncodedPiece) throws

    /// Completes the files and returns what they are.
    func finish() throws -> [DataSetFile]
}

/// The part of a data set to be written.
package struct DataSetPart: Sendable {
    package let source: DigitSource
    /// The images of this part, by their numbers in the whole.
    package let range: Range<Int>
    /// The number of images of the whole.
    package let total: Int
    /// True if no part follows.
    package let isLast: Bool

    /// The images `range` of this part.
    func section(_ range: Range<Int>, isLast: Bool = true) -> DataSetPart {
        DataSetPart(source: source, range: range, total: total, isLast: isLast)
    }

    /// Draws images piece by piece and hands over what `format` makes of each, in the order of the images. Drawing and
    /// encoding are shared by several threads; no piece goes beyond the end of a range.
    func encode(
        _ ranges: [Range<Int>], by format: some DataSetFormat, take: (EncodedPiece) throws -> Void
    ) throws {
        try source.draw(
            ranges,
            make: { range, images in
                let labels = source.sequence.labels(range)
                return try format.encode(DrawnPiece(range: range, images: images, labels: labels), of: self)
            }, take: take)
    }

    /// The size of every image.
    package var size: ImageStack.Size { source.size }
    package var isLabelled: Bool { source.sequence.labelsPerImage > 0 }

    /// The name of image `index` without its extension, the same in any part. All names of a data set are equally long,
    /// at least eight digits, so that they sort in the order of the images.
    func imageName(_ index: Int) -> String {
        let digits = String(index)
        let width = max(8, String(total - 1).utf8.count)
        return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}

/// A file, or a group of similar files, by name.
package struct DataSetFileGroup {
    /// The name in the manifest.
    package let name: String
    /// The paths relative to the folder, in the order of the images.
    package let paths: AnySequence<String>

    /// A single file.
    init(file name: String) {
        self.name = name
        paths = AnySequence([name])
    }

    init(name: String, paths: some Sequence<String>) {
        self.name = name
        self.paths = AnySequence(paths)
    }
}

/// A file, or a group of similar files, as the manifest lists it.
package struct DataSetFile: Equatable, Sendable {
    /// Relative to the folder.
    package let name: String
    /// The number of files; size and digest are those of all of them, in the order of the images.
    package var fileCount = 1
    package let byteCount: Int
    /// SHA-256 in 64 hexadecimal digits.
    package let sha256: String
}

/// Passes bytes on, counting them and computing their SHA-256.
final class CountingSink: ByteSink {
    private let sink: (any ByteSink)?
    private var hash = SHA256()
    /// Bytes so far.
    private(set) var count = 0

    /// Without a `sink` the bytes are only counted.
    init(_ sink: (any ByteSink)? = nil) {
        self.sink = sink
    }

    /// SHA-256 of the bytes so far, in 64 hexadecimal digits.
    var sha256: String { hash.finalizeHex() }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        bytes.withUnsafeBufferPointer { hash.update($0.span) }
        count += bytes.count
        try sink?.write(bytes)
    }

    func finish() throws(OutputError) {
        try sink?.finish()
    }
}
