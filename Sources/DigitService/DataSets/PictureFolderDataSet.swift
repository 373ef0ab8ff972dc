import DigitImaging

/// One PNG for each image, in a folder for each label (`7/00000042.png`): what image-folder loaders read.
/// Without labels the pictures stand in the folder itself.
package struct PictureFolderDataSet: DataSetFormat {
    package let name = "png"

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws(ImagingError) -> any DataSetWriter {
        try PictureFolderWriter(isLabelled: part.isLabelled, folder: folder)
    }
}

private final class PictureFolderWriter: DataSetWriter {
    private let folder: StagedFolder
    private let isLabelled: Bool
    private var encoder: PNGEncoder
    private var madeFolders: Set<UInt8> = []
    private var count = 0
    private let all = CountingSink()

    init(isLabelled: Bool, folder: StagedFolder) throws(ImagingError) {
        self.folder = folder
        self.isLabelled = isLabelled
        self.encoder = try PNGEncoder()
    }

    func append(_ images: ImageStack, labels: [UInt8], index: Int) throws(ImagingError) {
        for offset in 0..<images.count {
            let png = try encoder.encode(images, index: offset)
            let place = isLabelled ? try subfolder(labels[offset]) : ""
            let file = try folder.file("\(place)\(imageName(index + offset)).png", isOneOfMany: true)
            try file.write(png)
            try file.finish()
            try all.write(png)
            count += 1
        }
    }

    func finish() throws(ImagingError) -> [DataSetFile] {
        let name = isLabelled ? "<label>/<index>.png" : "<index>.png"
        return [DataSetFile(name: name, fileCount: count, byteCount: all.count, sha256: all.sha256)]
    }

    private func subfolder(_ label: UInt8) throws(ImagingError) -> String {
        if madeFolders.insert(label).inserted { try folder.makeFolder("\(label)") }
        return "\(label)/"
    }
}
