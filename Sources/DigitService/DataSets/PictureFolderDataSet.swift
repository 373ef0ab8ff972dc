import DigitImaging
import Platform

/// One PNG per image, in a folder per label (`7/00000042.png`), as image-folder loaders read it. Without labels the
/// pictures are in the folder itself.
package struct PictureFolderDataSet: DataSetFormat {
    package let name = "png"
    /// True for a file `labels.csv`: picture, label, and the style that was asked for.
    package let hasLabelFile: Bool

    fileprivate static let labelFile = "labels.csv"

    package var details: [DataSetDetail] {
        hasLabelFile ? [DataSetDetail(name: "label_file", value: .string("csv"), words: "--labels csv")] : []
    }

    package func files(of part: DataSetPart) -> [DataSetFileGroup] {
        [DataSetFileGroup(name: part.pictureNames, paths: part.range.lazy.map(part.picturePath))]
            + (hasLabelFile ? [DataSetFileGroup(file: Self.labelFile)] : [])
    }

    package func encode(_ piece: DrawnPiece, of part: DataSetPart) throws -> EncodedPiece {
        var encoder = try PNGEncoder()
        var bytes: [UInt8] = []
        let ends = try (0..<piece.images.count).map { index in
            try encoder.append(piece.images, index: index, to: &bytes)
            return bytes.count
        }
        return EncodedPiece(range: piece.range, labels: piece.labels, bytes: bytes[...], ends: ends)
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        try PictureFolderWriter(part: part, folder: folder, hasLabelFile: hasLabelFile)
    }

    package func firstDifference(from part: DataSetPart, in folder: String) throws -> String? {
        var encoder = try PNGEncoder()
        for piece in part.source.pieces(of: part.range) {
            let images = try part.source.images(piece)
            for offset in 0..<images.count {
                let path = part.picturePath(piece.lowerBound + offset)
                let png = try encoder.encode(images, index: offset)
                guard FileStatus.contents("\(folder)/\(path)", limit: png.count) == png else { return path }
            }
        }
        return nil
    }
}

extension DataSetPart {
    /// The manifest's name for the pictures.
    fileprivate var pictureNames: String { isLabelled ? "<label>/<index>.png" : "<index>.png" }

    /// The path of image `index`'s picture, relative to the folder.
    fileprivate func picturePath(_ index: Int) -> String {
        picturePath(index, source.sequence.labels(index..<index + 1).first)
    }

    /// The same with its label; nil if it has none.
    fileprivate func picturePath(_ index: Int, _ label: UInt8?) -> String {
        label.map { "\($0)/\(imageName(index)).png" } ?? "\(imageName(index)).png"
    }
}

private final class PictureFolderWriter: DataSetWriter {
    private let folder: StagedFolder
    private let part: DataSetPart
    private var madeFolders: Set<UInt8> = []
    private var count = 0
    private let all = CountingSink()
    /// Nil without a file of labels.
    private let labelFile: CountingSink?

    init(part: DataSetPart, folder: StagedFolder, hasLabelFile: Bool) throws {
        self.folder = folder
        self.part = part
        labelFile = hasLabelFile ? CountingSink(try folder.file(PictureFolderDataSet.labelFile)) : nil
        let style = part.source.sequence.request.style.map(\.measure.rawValue)
        try labelFile?.write(CSV.row(["filename"] + (part.isLabelled ? ["label"] : []) + style))
    }

    func append(_ piece: EncodedPiece) throws {
        for label in piece.labels where madeFolders.insert(label).inserted {
            try folder.makeFolder("\(label)")
        }
        var start = piece.bytes.startIndex
        for ((offset, index), end) in zip(piece.range.enumerated(), piece.ends) {
            let label = piece.labels.isEmpty ? nil : piece.labels[offset]
            let path = part.picturePath(index, label)
            try folder.writeFile(path, piece.bytes[start..<end])
            start = end
            try labelFile?.write(CSV.row([path] + (label.map { ["\($0)"] } ?? []) + style(of: index)))
        }
        try all.write(piece.bytes)
        count += piece.range.count
    }

    /// The values of the style that was asked for of an image.
    private func style(of index: Int) -> [String] {
        let sequence = part.source.sequence
        guard let targets = sequence.targets(image: index, position: 0) else { return [] }
        return sequence.request.style.map { $0.measure.text(targets[$0.measure] ?? 0) }
    }

    func finish() throws -> [DataSetFile] {
        let pictures = DataSetFile(
            name: part.pictureNames, fileCount: count, byteCount: all.count, sha256: all.sha256)
        guard let labelFile else { return [pictures] }
        try labelFile.finish()
        return [
            pictures,
            DataSetFile(
                name: PictureFolderDataSet.labelFile, byteCount: labelFile.count, sha256: labelFile.sha256),
        ]
    }
}
