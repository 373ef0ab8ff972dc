import DigitImaging
import Platform

/// One PNG per image, in a folder per label (`7/00000042.png`), as image-folder loaders read it. Without labels the
/// pictures are in the folder itself.
package struct PictureFolderDataSet: DataSetFormat {
    package let name = "png"

    package func files(of part: DataSetPart) -> [DataSetFileGroup] {
        [DataSetFileGroup(name: part.pictureNames, paths: part.range.lazy.map(part.picturePath))]
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        try PictureFolderWriter(part: part, folder: folder)
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

    init(part: DataSetPart, folder: StagedFolder) throws {
        self.folder = folder
        self.part = part
        self.encoder = try PNGEncoder()
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
        }
    }

    func finish() throws -> [DataSetFile] {
        [DataSetFile(name: part.pictureNames, fileCount: count, byteCount: all.count, sha256: all.sha256)]
    }
}
