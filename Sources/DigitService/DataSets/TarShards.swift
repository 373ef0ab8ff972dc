import DigitImaging
import Platform
import StrictJSON

/// Numbered tar archives of about equal sizes, `digits-000000.tar` and so on, each complete. Readers of WebDataset give
/// them out to workers.
package struct TarShards: DataSetFormat {
    package let name = "tar"
    /// The number of archives.
    let count: Int

    private static let group = "digits-<shard>.tar"

    package var details: [DataSetDetail] {
        [DataSetDetail(name: "archives", value: .integer(count), words: "--shards \(count)")]
    }

    package func check(_ part: DataSetPart) throws {
        guard part.range.count >= count else {
            throw DataSetJobError.tooFewImages(
                count: part.range.count, needed: count, format: "--shards \(count)")
        }
    }

    package func sections(of part: DataSetPart) -> [DataSetPart] {
        (1...count).map { index in
            let range = Shard(index: index, count: count).range(of: part.range.count)
            let start = part.range.lowerBound
            return part.section(start + range.lowerBound..<start + range.upperBound)
        }
    }

    package func files(of part: DataSetPart) -> [DataSetFileGroup] {
        [DataSetFileGroup(name: Self.group, paths: (0..<count).lazy.map(fileName))]
    }

    package func encode(_ piece: DrawnPiece, of part: DataSetPart) throws -> EncodedPiece {
        try TarDataSet().encode(piece, of: part)
    }

    package func writer(
        for part: DataSetPart, in folder: StagedFolder
    ) throws -> any DataSetWriter {
        let all = CountingSink()
        return TarShardsWriter(
            group: Self.group, all: all,
            archives: SectionWriter(
                sections(of: part).enumerated().map { index, section in
                    (
                        section.range,
                        {
                            let file = try folder.file(fileName(index), isOneOfMany: true)
                            return try TarDataSet(file: fileName(index)).writer(
                                for: section, to: BranchedSink(file, all))
                        }
                    )
                }))
    }

    /// Draws archive by archive again to find the one that changed.
    package func firstDifference(from part: DataSetPart, in folder: String) throws -> String? {
        for (index, section) in sections(of: part).enumerated() {
            let expected = CountingSink()
            let writer = try TarDataSet().writer(for: section, to: expected)
            try section.encode([section.range], by: self, take: writer.append)
            _ = try writer.finish()
            let path = "\(folder)/\(fileName(index))"
            guard let file = try? FileReader(path, regularOnly: true), file.size == expected.count else {
                return fileName(index)
            }
            let found = CountingSink()
            while let piece = try? file.next(), !piece.isEmpty { try found.write(piece[...]) }
            guard found.sha256 == expected.sha256 else { return fileName(index) }
        }
        return nil
    }

    private func fileName(_ index: Int) -> String {
        let number = String(index)
        return "digits-\(String(repeating: "0", count: 6 - number.utf8.count))\(number).tar"
    }
}

private final class TarShardsWriter: DataSetWriter {
    private let group: String
    private let all: CountingSink
    private let archives: SectionWriter

    init(group: String, all: CountingSink, archives: SectionWriter) {
        self.group = group
        self.all = all
        self.archives = archives
    }

    func append(_ piece: EncodedPiece) throws {
        try archives.append(piece)
    }

    func finish() throws -> [DataSetFile] {
        let count = try archives.finish().count
        return [DataSetFile(name: group, fileCount: count, byteCount: all.count, sha256: all.sha256)]
    }
}

/// Writes bytes to a file and to another sink, which stays open when the file is finished.
private final class BranchedSink: ByteSink {
    private let file: any ByteSink
    private let other: any ByteSink

    init(_ file: any ByteSink, _ other: any ByteSink) {
        self.file = file
        self.other = other
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        try file.write(bytes)
        try other.write(bytes)
    }

    func finish() throws(OutputError) { try file.finish() }
}
