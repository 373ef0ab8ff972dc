import DigitImaging
import Platform

/// A data set to be written: the images, their format, and the part of them.
package struct DataSetJob: Sendable {
    /// The possible numbers of images in a whole data set.
    package static let counts = 1...Int(UInt32.max)

    /// The images of the whole, of which the job makes the part `shard`.
    package let source: DigitSource
    package let format: any DataSetFormat
    package let shard: Shard

    package init(source: DigitSource, format: any DataSetFormat, shard: Shard = .whole) {
        self.source = source
        self.format = format
        self.shard = shard
    }

    /// The images of this job's part.
    package var range: Range<Int> { shard.range(of: source.sequence.request.count) }

    /// The part that formats write.
    var part: DataSetPart {
        DataSetPart(source: source, range: range, total: source.sequence.request.count, isLast: shard.isLast)
    }

    /// Returns whether the folder already holds this data set, after reading all its files.
    ///
    /// Throws `DataSetJobError` if it does but a file is missing or has changed, and `ImagingError`.
    package func isDone(path: String) throws -> Bool {
        guard let files = DataSetManifest.files(of: self, in: path) else { return false }
        let check = DataSetCheck(folder: path, format: format, part: part)
        try check.run(files)
        try check.run(cards: DataSetCard.all(of: self))
        return true
    }

    /// Writes the files into the folder `path`, all or none, and a manifest. Missing folders above it are created.
    ///
    /// `progress` gets the number of finished images after every hundred or so; if it throws, the work ends and leaves
    /// nothing. Throws `ImagingError` and what `progress` throws.
    package func run(path: String, progress: (Int) throws -> Void) throws {
        let parents = try NewFolders(above: path)
        try make(in: path, progress: progress)
        try parents.keep()
    }

    /// Writes the data set into a pipe or a device, without a manifest.
    ///
    /// Throws `DataSetJobError.needsFolder` for a format of several files, and what `run(path:progress:)` throws; then
    /// what was written stays.
    package func stream(to sink: any ByteSink, progress: (Int) throws -> Void) throws {
        guard let format = format as? any StreamedDataSetFormat else {
            throw DataSetJobError.needsFolder(format: format.name)
        }
        _ = try write(by: format.writer(for: part, to: sink), progress: progress)
    }

    private func make(in path: String, progress: (Int) throws -> Void) throws {
        try format.check(part)
        let folder = try StagedFolder(path: path)
        let files = try write(by: format.writer(for: part, in: folder), progress: progress)
        func add(_ bytes: [UInt8], as name: String) throws {
            let file = try folder.file(name)
            try file.write(bytes)
            try file.finish()
        }
        try add(DataSetCard(job: self).encoded(), as: DataSetCard.fileName)
        try add(DataSetManifest(job: self, files: files).encoded(), as: DataSetManifest.fileName)
        try folder.finish(last: DataSetManifest.fileName)
    }

    private func write(by writer: any DataSetWriter, progress: (Int) throws -> Void) throws -> [DataSetFile] {
        let part = part
        try part.encode(format.sections(of: part).map(\.range), by: format) { piece in
            try writer.append(piece)
            try progress(piece.range.upperBound - range.lowerBound)
        }
        return try writer.finish()
    }
}

/// One of several equal parts of a data set, so that many machines can make it. The parts 1/N … N/N in order form the
/// whole.
package struct Shard: Equatable, Sendable {
    /// The possible numbers of parts.
    package static let allowedCounts = 1...1_000_000
    /// The only part.
    package static let whole = Shard(index: 1, count: 1)

    /// 1 … `count`.
    package let index: Int
    package let count: Int

    /// - Parameter index: 1 … `count`.
    init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    /// Reads "K/N" with 1 ≤ K ≤ N ≤ 1,000,000; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let index = Int(parts[0]), let count = Int(parts[1]),
            Self.allowedCounts.contains(count), (1...count).contains(index)
        else { return nil }
        self.init(index: index, count: count)
    }

    package var isLast: Bool { index == count }

    /// The images of this part, of `total` in all. Parts differ by one image at most.
    package func range(of total: Int) -> Range<Int> {
        // Not total · index / count, which could overflow.
        let (size, rest) = total.quotientAndRemainder(dividingBy: count)
        let start = (index - 1) * size + min(index - 1, rest)
        return start..<start + size + (index <= rest ? 1 : 0)
    }
}

/// The reason why a data set cannot be written.
package enum DataSetJobError: Error, Equatable {
    /// The format has several files, which a stream cannot hold.
    case needsFolder(format: String)
    /// The data set has fewer images than files.
    case tooFewImages(count: Int, needed: Int, format: String)
    /// The file of texts is empty; "-" is standard input.
    case noLines(path: String)
    /// The folder holds the data set, but a file is missing or has changed.
    case damaged(Damage)

    /// The damage to a data set that a folder holds. Paths are those of the files.
    package enum Damage: Equatable, Sendable {
        case missing(path: String)
        /// A folder, a pipe or a device has a file's name.
        case notFile(path: String)
        case size(path: String, found: Int, expected: Int)
        /// The size is right, the bytes are not.
        case contents(path: String)
        /// The manifest is of the same data set, but does not list its files.
        case manifest(path: String)
        /// `reason` is the system's.
        case unreadable(path: String, reason: String)
    }
}

extension DataSetJobError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .needsFolder(let format):
            "only tar can be streamed; \(format) has several files and needs a folder"
        case .tooFewImages(let count, let needed, let format):
            "\(format) needs at least \(needed) images, not \(count)"
        case .noLines(let path):
            "\(path == "-" ? "standard input" : path) has no lines; expected a text on each"
        case .damaged(let damage):
            "the data set in this folder is damaged: \(damage); remove the folder or choose another"
        }
    }
}

extension DataSetJobError.Damage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path): "'\(path)' is missing"
        case .notFile(let path): "'\(path)' is not a file"
        case .size(let path, let found, let expected):
            "'\(path)' has \(found) bytes instead of \(expected)"
        case .contents(let path): "the contents of '\(path)' have changed"
        case .manifest(let path): "'\(path)' does not list its files"
        case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
        }
    }
}

extension DataSetJobError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .needsFolder, .tooFewImages: .usage
        case .noLines, .damaged(.unreadable): .noInput
        case .damaged: .cannotCreate
        }
    }
}
