import DigitDataSets
import DigitImaging
import Platform

/// One file of four arrays, as Keras stores MNIST: `mnist.npz` with x_train, y_train, x_test and y_test. The source
/// needs `SplitLabels`.
package struct NPZDataSet: DataSetFormat {
    package static let fileName = "mnist.npz"

    package let name = "npz"
    /// The arrays are compressed, as by numpy's `savez_compressed`.
    let isCompressed: Bool

    package var details: [DataSetDetail] { isCompressed ? [.gzip] : [] }

    package func check(_ part: DataSetPart) throws { try part.checkSplit(format: name) }

    package func sections(of part: DataSetPart) -> [DataSetPart] { part.halves }

    package func files(of part: DataSetPart) -> [DataSetFileGroup] { [DataSetFileGroup(file: Self.fileName)] }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        let sink = CountingSink(try folder.file(Self.fileName))
        let archive = ZipWriter(sink: sink, deflates: isCompressed)
        return NPZWriter(
            sink: sink, zip: archive,
            arrays: SectionWriter(
                zip(["train", "test"], part.halves).map { name, half in
                    (half.range, { try NPZHalfWriter(zip: archive, name: name, part: half) })
                }))
    }
}

private final class NPZWriter: DataSetWriter {
    private let sink: CountingSink
    private let zip: ZipWriter
    private let arrays: SectionWriter

    init(sink: CountingSink, zip: ZipWriter, arrays: SectionWriter) {
        self.sink = sink
        self.zip = zip
        self.arrays = arrays
    }

    func append(_ piece: EncodedPiece) throws {
        try arrays.append(piece)
    }

    func finish() throws -> [DataSetFile] {
        _ = try arrays.finish()
        try zip.finish()
        return [DataSetFile(name: NPZDataSet.fileName, byteCount: sink.count, sha256: sink.sha256)]
    }
}

/// Writes the images of one half and then its labels.
private final class NPZHalfWriter: DataSetWriter {
    /// Labels that are computed at a time.
    private static let labelPiece = 1 << 16

    private let zip: ZipWriter
    private let name: String
    private let part: DataSetPart
    private let images: ArrayWriter

    init(zip: ZipWriter, name: String, part: DataSetPart) throws {
        self.zip = zip
        self.name = name
        self.part = part
        try zip.begin("x_\(name).npy")
        images = try ArrayWriter(
            format: NPYFormat(), dimensions: [part.range.count, part.size.height, part.size.width],
            sink: ZipMemberSink(zip))
    }

    func append(_ piece: EncodedPiece) throws {
        try images.append(piece.bytes)
    }

    func finish() throws -> [DataSetFile] {
        try images.finish()
        try zip.begin("y_\(name).npy")
        let labels = try ArrayWriter(
            format: NPYFormat(), dimensions: [part.range.count], sink: ZipMemberSink(zip))
        for start in stride(from: part.range.lowerBound, to: part.range.upperBound, by: Self.labelPiece) {
            let piece = start..<min(start + Self.labelPiece, part.range.upperBound)
            try labels.append(part.source.sequence.labels(piece))
        }
        try labels.finish()
        return []
    }
}

/// A member of a ZIP archive.
private final class ZipMemberSink: ByteSink {
    private let zip: ZipWriter

    init(_ zip: ZipWriter) {
        self.zip = zip
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) { try zip.write(bytes) }

    func finish() throws(OutputError) { try zip.end() }
}
