import CommandLineSupport
import DigitFields
import DigitGen
import DigitImaging
import DigitService
import Platform

/// The texts of lines to be drawn, one after the other.
enum LineTexts {
    /// The same text again and again.
    case fixed(FieldText, count: Int)
    case pattern(FieldPattern, count: Int)
    case list([FieldText])

    var count: Int {
        switch self {
        case .fixed(_, let count), .pattern(_, let count): count
        case .list(let texts): texts.count
        }
    }

    /// The texts of a part of the lines, of which the first has the number `first`.
    func texts(_ range: Range<Int>, first: Int, seed: UInt64) -> [FieldText] {
        switch self {
        case .fixed(let text, _): range.map { _ in text }
        case .pattern(let pattern, _): range.map { pattern.text(seed: seed, index: first + $0) }
        case .list(let texts): Array(texts[range])
        }
    }

    /// What a picture of the lines says about them.
    var content: (keyword: String, text: String)? {
        switch self {
        case .fixed(let text, _): ("Text", text.description)
        case .pattern(let pattern, _): ("Pattern", pattern.description)
        case .list(let texts): texts.count == 1 ? ("Text", texts[0].description) : nil
        }
    }
}

/// The file of lines: a picture of all, or an array of lines of one width.
struct LineFile {
    let source: LineSource
    let texts: LineTexts
    let sheet: LineSheet
    /// The number of the first line.
    let first: Int
    /// As that of `OutputFiles`.
    private let stop: StopSignal?

    init(
        _ source: LineSource, _ texts: LineTexts, _ sheet: LineSheet, first: Int = 0,
        to destination: Destination
    ) {
        (self.source, self.texts, self.sheet, self.first) = (source, texts, sheet, first)
        // Before a file is created.
        if case .path(let path) = destination, PathKind(path) != .stream {
            stop = StopSignal()
        } else {
            stop = nil
        }
    }

    /// Writes one picture of all lines.
    ///
    /// - Parameters:
    ///   - transparent: how lines on transparent paper look; nil for opaque paper. The source's are 255 on 0 then.
    ///   - layout: what else the picture's text says.
    func writePicture(
        _ format: OutputFormat, transparent: LineStyle?, layout: PNGText?, to destination: Destination
    ) throws {
        var texts = try source.texts(
            content: self.texts.content, count: self.texts.count, first: first, style: transparent)
        if let layout { texts.append(layout) }
        // Before the lines are drawn, which may take long.
        let sink = try Self.open(destination, format: format.rawValue)
        let picture = try self.picture()
        guard format == .png else {
            try sink.write(Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8))
            try sink.write(picture.pixels)
            return try sink.finish()
        }
        var encoder = try PNGEncoder()
        try encoder.encode(picture, as: transparent.map { .coverage(ink: $0.ink) } ?? .shade, texts: texts) {
            part throws(ImagingError) in
            try writing { () throws(OutputError) in try sink.write(part) }
        }
        try stop?.check()
        try sink.finish()
    }

    /// The picture of all lines.
    func picture() throws -> GrayImage {
        var sheet = sheet
        try draw { for line in $0 { try sheet.append(line) } }
        return try sheet.picture(paper: source.style.paper)
    }

    /// Writes all lines, of one width, as an array.
    func writeArray(_ format: any ImageFormat, width: Int, to destination: Destination) throws {
        let size = try ImageStack.Size(width: width, height: source.style.height)
        let job = ImageJob(count: texts.count, size: size, layout: try GridLayout())
        let sink = try Self.open(destination, format: format.name)
        let writer = try format.writer(for: job, to: sink)
        try draw { lines in
            try writer.append(ImageStack(size: size, pixels: lines.flatMap(\.pixels)))
        }
        try writer.finish()
    }

    private func draw(take: ([LinePicture]) throws -> Void) throws {
        let step = source.pieceCount
        for start in stride(from: 0, to: texts.count, by: step) {
            try stop?.check()
            let piece = start..<min(start + step, texts.count)
            try take(
                source.draw(texts.texts(piece, first: first, seed: source.seed), first: first + start) { $0 })
        }
    }

    private static func open(_ destination: Destination, format: String) throws -> any ByteSink {
        guard case .path(let path) = destination else { return DescriptorSink.standardOutput() }
        if case .folder = PathKind(path) {
            throw UsageError.folder(path, whereFileOf: format)
        }
        return try NamedOutput.open(path)
    }
}
