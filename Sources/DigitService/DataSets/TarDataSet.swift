import DigitImaging

/// One tar archive as WebDataset reads it: `00000042.png` and then `00000042.cls`, the label as text, for each
/// image.
///
/// Only the last part ends with an archive's end mark, so `cat` joins the parts to the whole archive. Each part
/// is readable alone, too: readers take the end of the file for the end of the archive.
package struct TarDataSet: DataSetFormat {
    static let fileName = "digits.tar"

    package let name = "tar"

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws(ImagingError) -> any DataSetWriter {
        try TarDataSetWriter(part: part, file: folder.file(Self.fileName))
    }
}

private final class TarDataSetWriter: DataSetWriter {
    private let part: DataSetPart
    private let sink: CountingSink
    private let tar: TarWriter
    private var encoder: PNGEncoder

    init(part: DataSetPart, file: any ByteSink) throws(ImagingError) {
        self.part = part
        self.sink = CountingSink(file)
        self.tar = TarWriter(sink: sink)
        self.encoder = try PNGEncoder()
    }

    func append(_ images: ImageStack, labels: [UInt8], index: Int) throws(ImagingError) {
        for offset in 0..<images.count {
            let name = imageName(index + offset)
            try tar.append(name: "\(name).png", contents: encoder.encode(images, index: offset))
            if part.isLabelled {
                try tar.append(name: "\(name).cls", contents: Array("\(labels[offset])".utf8))
            }
        }
    }

    func finish() throws(ImagingError) -> [DataSetFile] {
        try tar.finish(endsArchive: part.isLast)
        return [DataSetFile(name: TarDataSet.fileName, byteCount: sink.count, sha256: sink.sha256)]
    }
}
