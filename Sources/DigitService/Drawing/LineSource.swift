import DigitFields
import DigitGen
import DigitImaging
import Platform

/// Lines of a seed: texts, how they look, and the model that draws them.
package struct LineSource: Sendable {
    /// Lines that are drawn together, at most: so that memory does not grow with their number.
    private static let pieceLines = 512
    /// Pixels of a piece, about.
    private static let piecePixels = 1 << 22

    package let drawer: LineDrawer
    package let style: LineStyle
    package let seed: UInt64
    package let hand: HandChoice
    /// The threads that draw; nil for one on each processor.
    var threads: Int?

    /// - Parameters:
    ///   - seed: nil for a random one.
    ///   - threads: as of `LineDrawer.draw`.
    package init(
        _ drawer: LineDrawer, style: LineStyle, seed: UInt64?, hand: HandChoice = HandChoice(),
        threads: Int? = nil
    ) {
        self.drawer = drawer
        self.style = style
        self.seed = seed ?? DrawRequest.randomSeed()
        self.hand = hand
        self.threads = threads
    }

    var threadCount: Int { threads ?? Processors.count }

    /// Lines that make a piece.
    package var pieceCount: Int {
        let line = style.height * (style.across ?? 8 * style.height)
        return max(1, min(Self.pieceLines, Self.piecePixels / line))
    }

    /// Draws texts, of which the first has the number `first`, and makes of each what `transform` returns.
    ///
    /// - Throws: as `draw(_:transform:)`.
    package func draw<Product: Sendable>(
        _ texts: [FieldText], first: Int, transform: (LinePicture) throws -> Product
    ) throws -> [Product] {
        try draw(
            texts.enumerated().map { offset, text in
                LineRequest(text, style: style, seed: seed, index: first + offset, hand: hand)
            }
        ) { try transform($1) }
    }

    /// Draws lines and makes of each what `transform` returns, on several threads.
    ///
    /// - Throws: what `LineDrawer.check` does, `LineError.tooLong` and what `transform` throws: the error of the
    ///   first line that has one.
    package func draw<Product: Sendable>(
        _ requests: [LineRequest], transform: (_ index: Int, LinePicture) throws -> Product
    ) throws -> [Product] {
        for request in requests { try drawer.check(request.text, request.hand) }
        return try drawer.draw(requests, threads: threads) { index, line in
            Result { try transform(index, line.get()) }
        }.map { try $0.get() }
    }

    /// The text chunks of a PNG of lines.
    ///
    /// - Parameters:
    ///   - content: what the lines show, and a word for it.
    ///   - first: the number of the first line.
    ///   - style: what is said of the lines' looks; nil for the truth.
    /// - Throws: `ImagingError.text` when the model's name has characters that a PNG cannot hold.
    package func texts(
        content: (keyword: String, text: String)?, count: Int, first: Int = 0, style: LineStyle? = nil
    ) throws(ImagingError) -> [PNGText] {
        var texts = [
            try PNGText(keyword: "Software", text: "digitgen \(ProgramVersion.text)"),
            try PNGText(keyword: "Model", text: drawer.generator.name),
            try PNGText(keyword: "Bundle SHA-256", text: drawer.generator.sha256),
            try PNGText(keyword: "Seed", text: String(seed)),
        ]
        if let content { texts.append(try PNGText(keyword: content.keyword, text: content.text)) }
        texts.append(try PNGText(keyword: "Count", text: String(count)))
        if let hand = hand.summary { texts.append(try PNGText(keyword: "Handwriting", text: hand)) }
        texts.append(try PNGText(keyword: "Line", text: (style ?? self.style).summary))
        if first > 0 { texts.append(try PNGText(keyword: "First image", text: String(first))) }
        return texts
    }
}
