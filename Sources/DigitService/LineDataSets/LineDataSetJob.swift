import DigitFields
import DigitImaging
import DigitModel
import Platform

/// A labelled data set of lines, or of pages of lines, to be written.
package struct LineDataSetJob: Sendable {
    /// Where the texts come from.
    package enum Texts: Sendable {
        case pattern(FieldPattern, count: Int)
        /// Each line of a file; "-" is standard input.
        case file(String)
    }

    /// The files that are made.
    package enum Form: Sendable {
        /// A folder with a picture for each example, and labels.
        case folder(LabelFormat)
        /// Archives for WebDataset: `KEY.png`, `KEY.txt` and `KEY.json` with the boxes.
        case tar
    }

    private(set) var source: LineSource
    let texts: Texts
    let form: Form
    let split: Split?
    let shard: Shard
    let page: PageSize?

    /// - Parameters:
    ///   - split: nil for a data set that is not divided.
    ///   - page: nil for a picture for each line.
    package init(
        source: LineSource, texts: Texts, form: Form, split: Split? = nil, shard: Shard = .whole,
        page: PageSize? = nil
    ) {
        self.source = source
        self.texts = texts
        self.form = form
        self.split = split
        self.shard = shard
        self.page = page
    }

    /// The examples of this job's part; nil if the texts' end is not known.
    ///
    /// - Throws: `DataSetJobError.noLines`, and what reading texts throws.
    package func range() throws -> Range<Int>? {
        switch texts {
        case .pattern(_, let count): return shard.range(of: count)
        case .file(let path):
            guard shard != .whole else { return nil }
            let file = try TextFile(path)
            var count = 0
            while try file.next() != nil { count += 1 }
            guard count > 0 else { throw DataSetJobError.noLines(path: path) }
            return shard.range(of: count)
        }
    }

    /// Returns whether the folder already holds this data set, after reading all its files.
    ///
    /// - Throws: `DataSetJobError.damaged` if it does but a file is missing or has changed, and what reading texts
    ///   throws.
    package func isDone(path: String) throws -> Bool {
        guard FileStatus.contents("\(path)/\(DataSetManifest.fileName)", limit: 1 << 16) != nil else {
            return false
        }
        let digest = TextsDigest(of: texts)
        if let digest {
            var texts = try ExampleTexts(self, try range())
            while true {
                let piece = try texts.nextPiece(of: source.pieceCount)
                guard !piece.isEmpty else { break }
                for (_, text) in piece { digest.add(text) }
            }
        }
        guard let files = LineManifest(job: self, textsDigest: digest?.sha256).files(in: path) else {
            return false
        }
        try LineDataSetCheck(folder: path).run(files)
        return true
    }

    /// Writes the files into the folder `path`, all or none, and a manifest. Missing folders above it are created.
    ///
    /// `progress` gets the number of finished examples after every few; if it throws, the work ends and leaves
    /// nothing. Throws `ImagingError`, `OutputError`, `FieldError`, `LineError`, `DataSetJobError.noLines` and what
    /// `progress` throws.
    package func run(path: String, progress: (Int) throws -> Void) throws {
        // A file's first mistake is found before a folder is made.
        let range = try range()
        let parents = try NewFolders(above: path)
        try make(in: path, range, progress: progress)
        try parents.keep()
    }

    /// Writes an archive into a pipe or a device, without a manifest; the form must be `.tar`, without parts.
    package func stream(to sink: any ByteSink, progress: (Int) throws -> Void) throws {
        let range = try range()
        let archive = TarExamples(sink)
        let count = try write(range, nil, progress: progress) { _, example in try archive.append(example) }
        try archive.finish(endsArchive: shard.isLast || count == 0)
    }

    private func make(in path: String, _ range: Range<Int>?, progress: (Int) throws -> Void) throws {
        let folder = try RecordedFolder(path: path)
        let digest = TextsDigest(of: texts)
        let parts: [String?] = split.map { $0.parts } ?? [nil]
        let count: Int
        switch form {
        case .folder(let format):
            let writers = try parts.map { part throws(OutputError) in
                try format.writer(part: part, in: folder)
            }
            count = try write(range, digest, progress: progress) { part, example in
                let file = try folder.file(writers[part].picturePath(example.name), isOneOfMany: true)
                try file.write(example.png)
                try file.finish()
                try writers[part].append(example)
            }
            for writer in writers { try writer.finish() }
            if format == .yolo {
                try YOLOLabels.writeDescription(parts: parts.map { $0 ?? "train" }, in: folder)
            }
        case .tar:
            var archives = [TarExamples?](repeating: nil, count: parts.count)
            func archive(_ part: Int) throws -> TarExamples {
                if let archive = archives[part] { return archive }
                let archive = TarExamples(try folder.file("\(parts[part] ?? "lines").tar"))
                archives[part] = archive
                return archive
            }
            count = try write(range, digest, progress: progress) { part, example in
                try archive(part).append(example)
            }
            // A file without a member is an archive only with the blocks that end it, and these would hide what later
            // shards have of the same part. So there is none.
            let endsArchives = shard.isLast || count == 0
            for part in parts.indices where endsArchives || archives[part] != nil {
                try archive(part).finish(endsArchive: endsArchives)
            }
        }
        func add(_ bytes: [UInt8], as name: String) throws {
            let file = try folder.file(name)
            try file.write(bytes)
            try file.finish()
        }
        try add(LineCard(job: self, count: count).encoded(), as: DataSetCard.fileName)
        let manifest = LineManifest(job: self, textsDigest: digest?.sha256)
        try add(manifest.encoded(count: count, files: folder.files), as: DataSetManifest.fileName)
        try folder.finish(last: DataSetManifest.fileName)
    }

    /// Draws pages of a file's texts, in order and as many on each as it has room for. Returns their number.
    private func writePages(
        of size: PageSize, _ digest: TextsDigest?, progress: (Int) throws -> Void,
        take: (_ part: Int, LineExample) throws -> Void
    ) throws -> Int {
        var texts = try ExampleTexts(self, nil)
        var waiting: [FieldText] = []
        var count = 0
        while true {
            let new = try texts.nextPiece(of: lineCount(of: size) - waiting.count)
            for (_, text) in new { digest?.add(text) }
            waiting += new.map(\.text)
            guard !waiting.isEmpty else { return count }
            let (example, placed) = try pageExample(count, size, waiting)
            waiting.removeFirst(placed)
            try take(part(of: count), example)
            count += 1
            try progress(count)
        }
    }

    /// Draws all examples and hands them over in order. Returns their number: of a whole file, at least one.
    private func write(
        _ range: Range<Int>?, _ digest: TextsDigest?, progress: (Int) throws -> Void,
        take: (_ part: Int, LineExample) throws -> Void
    ) throws -> Int {
        let count = try writeAll(range, digest, progress: progress, take: take)
        if range == nil, count == 0, case .file(let path) = texts {
            throw DataSetJobError.noLines(path: path)
        }
        return count
    }

    private func writeAll(
        _ range: Range<Int>?, _ digest: TextsDigest?, progress: (Int) throws -> Void,
        take: (_ part: Int, LineExample) throws -> Void
    ) throws -> Int {
        if let page, case .file = self.texts {
            return try writePages(of: page, digest, progress: progress, take: take)
        }
        var texts = try ExampleTexts(self, range)
        let pieceCount = pieceCount(range)
        var drawer = self
        drawer.source.threads = 1
        var count = 0
        try inOrder(
            threads: source.threadCount,
            next: {
                let piece = try texts.nextPiece(of: pieceCount)
                return piece.isEmpty ? nil : piece
            },
            make: { [drawer] piece in (texts: piece, examples: try drawer.examples(piece)) },
            take: { piece in
                for (_, text) in piece.texts { digest?.add(text) }
                for (example, text) in zip(piece.examples, piece.texts) {
                    try take(part(of: text.index), example)
                }
                count += piece.examples.count
                try progress(count)
            })
        return count
    }

    /// A picture for each text, or a page.
    private func examples(_ texts: [(index: Int, text: FieldText)]) throws -> [LineExample] {
        try page.map { try [pageExample(texts[0].index, $0)] } ?? lineExamples(texts)
    }

    /// The examples that a thread draws at a time.
    private func pieceCount(_ range: Range<Int>?) -> Int {
        guard page == nil else { return 1 }
        let share = range.map { max(1, $0.count / source.threadCount) } ?? .max
        return min(source.pieceCount, LineDrawer.portionLines, share)
    }

    /// The part that example `index` belongs to.
    private func part(of index: Int) -> Int { split?.part(of: index) ?? 0 }

    /// The seed that draws example `index`: each part has its own.
    func seed(of index: Int) -> UInt64 { PartSeed.seed(source.seed, part: part(of: index)) }
}

/// SHA-256 of the texts of a file, which a manifest has in place of a pattern.
private final class TextsDigest {
    private var hash = SHA256()

    /// Nil for the texts of a pattern.
    init?(of texts: LineDataSetJob.Texts) {
        if case .pattern = texts { return nil }
    }

    func add(_ text: FieldText) {
        (text.characters + [UInt8(ascii: "\n")]).withUnsafeBufferPointer { hash.update($0.span) }
    }

    var sha256: String { hash.finalizeHex() }
}

/// The texts of a job's part, with the numbers of their examples, in order.
private struct ExampleTexts {
    private let job: LineDataSetJob
    private let range: Range<Int>?
    private let file: TextFile?
    private var next: Int

    init(_ job: LineDataSetJob, _ range: Range<Int>?) throws {
        self.job = job
        self.range = range
        next = range?.lowerBound ?? 0
        guard case .file(let path) = job.texts else {
            file = nil
            return
        }
        let file = try TextFile(path)
        for _ in 0..<next { _ = try file.next() }
        self.file = file
    }

    /// The next texts, `count` at most; none at the end.
    mutating func nextPiece(of count: Int) throws -> [(index: Int, text: FieldText)] {
        var piece: [(index: Int, text: FieldText)] = []
        while piece.count < count, range.map({ next < $0.upperBound }) ?? true {
            switch job.texts {
            case .pattern(let pattern, _):
                piece.append((next, pattern.text(seed: job.seed(of: next), index: next)))
            case .file:
                guard let text = try file?.next() else { return piece }
                piece.append((next, text))
            }
            next += 1
        }
        return piece
    }
}
