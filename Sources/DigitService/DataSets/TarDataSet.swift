import DigitDataSets
import DigitImaging
import Platform

/// One tar archive as WebDataset reads it: `00000042.png` and then `00000042.cls`, the label as text, for each
/// image.
///
/// Of the parts with images, only the last ends with the archive's end mark, two zero blocks, so that `cat` joins the
/// parts to the whole archive. Each part can be read alone, too, because readers accept the end of the file as the end
/// of the archive. A part without images consists of the mark, because readers refuse an empty file. Such parts come
/// last; the first of them adds the mark of the whole, and the others add padding that readers ignore.
package struct TarDataSet: StreamedDataSetFormat {
    package static let fileName = "digits.tar"

    package let name = "tar"
    /// The archive's name.
    var file = Self.fileName

    package func files(of part: DataSetPart) -> [DataSetFileGroup] { [DataSetFileGroup(file: file)] }

    package func encode(_ piece: DrawnPiece, of part: DataSetPart) throws -> EncodedPiece {
        var encoder = try PNGEncoder()
        var members: [UInt8] = []
        var png: [UInt8] = []
        for (offset, index) in piece.range.enumerated() {
            let name = part.imageName(index)
            png.removeAll(keepingCapacity: true)
            try encoder.append(piece.images, index: offset, to: &png)
            try TarWriter.append(name: "\(name).png", contents: png, to: &members)
            guard part.isLabelled else { continue }
            try TarWriter.append(
                name: "\(name).cls", contents: Array("\(piece.labels[offset])".utf8), to: &members)
        }
        return EncodedPiece(range: piece.range, labels: piece.labels, bytes: members[...])
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        try writer(for: part, to: folder.file(file))
    }

    package func writer(
        for part: DataSetPart, to sink: any ByteSink
    ) throws -> any DataSetWriter {
        TarDataSetWriter(part: part, name: file, file: sink)
    }
}

private final class TarDataSetWriter: DataSetWriter {
    private let part: DataSetPart
    private let name: String
    private let sink: CountingSink
    private let tar: TarWriter

    init(part: DataSetPart, name: String, file: any ByteSink) {
        self.part = part
        self.name = name
        self.sink = CountingSink(file)
        self.tar = TarWriter(sink: sink)
    }

    func append(_ piece: EncodedPiece) throws { try tar.append(members: piece.bytes) }

    func finish() throws -> [DataSetFile] {
        try tar.finish(endsArchive: part.isLast || part.range.isEmpty)
        return [DataSetFile(name: name, byteCount: sink.count, sha256: sink.sha256)]
    }
}
