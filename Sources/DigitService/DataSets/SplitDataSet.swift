import DigitDataSets
import DigitGen
import DigitImaging
import Platform
import StrictJSON

/// MNIST's four files where torchvision looks for them: `MNIST/raw/train-images-idx3-ubyte` and so on. The source needs
/// `SplitLabels`.
package struct MNISTDataSet: DataSetFormat {
    package static let folder = "MNIST/raw"

    package let name = "mnist"
    /// The files are compressed, with names that end with `.gz`.
    let isGzipped: Bool

    package var details: [DataSetDetail] { isGzipped ? [.gzip] : [] }

    package func check(_ part: DataSetPart) throws { try part.checkSplit(format: name) }

    package func sections(of part: DataSetPart) -> [DataSetPart] { part.halves }

    package func files(of part: DataSetPart) -> [DataSetFileGroup] {
        zip(halves, part.halves).flatMap { $0.files(of: $1) }
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        try folder.makeFolder("MNIST")
        try folder.makeFolder(Self.folder)
        return SectionWriter(
            zip(halves, part.halves).map { half, section in
                (section.range, { try half.writer(for: section, in: folder) })
            })
    }

    /// The files for training and those for testing.
    private var halves: [any DataSetFormat] {
        ["train", "t10k"].map { half in
            let prefix = "\(Self.folder)/\(half)-"
            return isGzipped
                ? ArrayDataSet(format: GzippedFormat(IDXFormat()), prefix: prefix)
                : ArrayDataSet(format: IDXFormat(), prefix: prefix)
        }
    }
}

extension DataSetPart {
    /// The images for training and those for testing.
    var halves: [DataSetPart] {
        let boundary = source.labels?.train.count ?? range.upperBound
        return [section(range.lowerBound..<boundary), section(boundary..<range.upperBound)]
    }

    /// Throws `DigitGeneratorError.unconditional` or `DataSetJobError.tooFewImages` if the part has no two halves with
    /// labels.
    func checkSplit(format: String) throws {
        guard let labels = source.labels else {
            throw DigitGeneratorError.unconditional(
                model: source.sequence.generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        guard labels.test.count > 0 else {
            throw DataSetJobError.tooFewImages(count: total, needed: 7, format: format)
        }
    }
}

extension DataSetDetail {
    /// Compression with gzip, or of the arrays in a ZIP archive.
    static var gzip: DataSetDetail { DataSetDetail(name: "compressed", value: .bool(true), words: "--gz") }
}

/// Writes one section after the other, each by a writer of its own that begins with its first image.
final class SectionWriter: DataSetWriter {
    typealias Section = (range: Range<Int>, begin: () throws -> any DataSetWriter)

    private var waiting: ArraySlice<Section>
    private var current: (range: Range<Int>, writer: any DataSetWriter)?
    private var files: [DataSetFile] = []

    init(_ sections: [Section]) {
        waiting = sections[...]
    }

    /// The images must lie in one section.
    func append(_ piece: EncodedPiece) throws {
        while current?.range.contains(piece.range.lowerBound) != true { try advance() }
        try current?.writer.append(piece)
    }

    func finish() throws -> [DataSetFile] {
        while !waiting.isEmpty { try advance() }
        try endCurrent()
        return files
    }

    private func advance() throws {
        try endCurrent()
        guard let next = waiting.popFirst() else { preconditionFailure("an image of no section") }
        current = (next.range, try next.begin())
    }

    private func endCurrent() throws {
        if let current { files += try current.writer.finish() }
        current = nil
    }
}
