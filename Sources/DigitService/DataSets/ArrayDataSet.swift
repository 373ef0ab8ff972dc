import DigitDataSets
import DigitImaging
import Platform

/// Two arrays, images of shape (count, height, width) and labels of shape (count): as MNIST's own files
/// (`images-idx3-ubyte`, `labels-idx1-ubyte`) or for numpy (`images.npy`, `labels.npy`).
package struct ArrayDataSet<Format: ArrayFormat>: DataSetFormat {
    let format: Format
    /// What the files' paths begin with, such as "MNIST/raw/train-".
    var prefix = ""

    package var name: String { format.name }

    package var details: [DataSetDetail] {
        format.fileName(stem: "images", rank: 3).hasSuffix(".gz") ? [.gzip] : []
    }

    package func files(of part: DataSetPart) -> [DataSetFileGroup] {
        let images = DataSetFileGroup(file: format.fileName(stem: "\(prefix)images", rank: 3))
        let labels = DataSetFileGroup(file: format.fileName(stem: "\(prefix)labels", rank: 1))
        return part.isLabelled ? [images, labels] : [images]
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        let count = part.range.count
        let images = try ArrayFile(
            format: format, stem: "\(prefix)images", dimensions: [count, part.size.height, part.size.width],
            folder: folder)
        guard part.isLabelled else { return ArrayDataSetWriter(images: images, labels: nil) }
        let labels = try ArrayFile(
            format: format, stem: "\(prefix)labels", dimensions: [count], folder: folder)
        return ArrayDataSetWriter(images: images, labels: labels)
    }
}

private final class ArrayDataSetWriter: DataSetWriter {
    private let images: ArrayFile
    private let labels: ArrayFile?

    init(images: ArrayFile, labels: ArrayFile?) {
        self.images = images
        self.labels = labels
    }

    func append(_ piece: EncodedPiece) throws {
        try images.array.append(piece.bytes)
        try labels?.array.append(piece.labels)
    }

    func finish() throws -> [DataSetFile] {
        guard let labels else { return [try images.finish()] }
        return [try images.finish(), try labels.finish()]
    }
}

/// One array and its file.
private struct ArrayFile {
    let array: ArrayWriter
    private let name: String
    private let sink: CountingSink

    init(
        format: some ArrayFormat, stem: String, dimensions: [Int], folder: StagedFolder
    ) throws {
        name = format.fileName(stem: stem, rank: dimensions.count)
        // In a folder that is made here, the folder must be durable, too.
        sink = CountingSink(try folder.file(name, isOneOfMany: name.contains("/")))
        array = try ArrayWriter(format: format, dimensions: dimensions, sink: sink)
    }

    func finish() throws -> DataSetFile {
        try array.finish()
        return DataSetFile(name: name, byteCount: sink.count, sha256: sink.sha256)
    }
}
