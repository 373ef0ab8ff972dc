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
        let labels = source.sequence.labels(index..<index + 1)
        return labels.map { "\($0)/" }.joined() + imageName(index) + ".png"
    }
}

private final class PictureFolderWriter: DataSetWriter {
    private let folder: StagedFolder
    private let part: DataSetPart
    private var encoder: PNGEncoder
    private var madeFolders: Set<UInt8> = []
    private var count = 0
    private let all = CountingSink()
    /// Nil without a file of labels.
    private let labelFile: CountingSink?

    init(part: DataSetPart, folder: StagedFolder, hasLabelFile: Bool) throws {
        self.folder = folder
        self.part = part
        self.encoder = try PNGEncoder()
        labelFile = hasLabelFile ? CountingSink(try folder.file(PictureFolderDataSet.labelFile)) : nil
        let style = part.source.sequence.request.style.map(\.measure.rawValue)
        try labelFile?.write(CSV.row(["filename"] + (part.isLabelled ? ["label"] : []) + style))
    }

    func append(_ images: ImageStack, labels: [UInt8], index: Int) throws {
        for label in labels where madeFolders.insert(label).inserted { try folder.makeFolder("\(label)") }
        for offset in 0..<images.count {
            let png = try encoder.encode(images, index: offset)
            let file = try folder.file(part.picturePath(index + offset), isOneOfMany: true)
            try file.write(png)
            try file.finish()
            try all.write(png)
            count += 1
            let label = labels.isEmpty ? [] : ["\(labels[offset])"]
            try labelFile?.write(
                CSV.row([part.picturePath(index + offset)] + label + style(of: index + offset)))
        }
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
