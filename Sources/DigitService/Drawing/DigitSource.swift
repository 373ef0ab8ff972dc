import DigitGen
import DigitImaging
import Platform

/// Draws a sequence of images into stacks.
package struct DigitSource: Sendable {
    /// Pixels that a thread draws at a time, at most: so few that they are encoded while they are in its cache.
    private static let piecePixels = 1 << 17
    /// Images of a piece are so many times a number, if they are more: then groups of them fill the kernels.
    private static let pieceUnit = 64
    /// Outlines that are drawn at a time.
    private static let pieceOutlines = 1 << 9

    package let sequence: ImageSequence
    /// The size of every image: as many digits wide as a number has.
    package let size: ImageStack.Size
    /// The digits of the images, if they do not come in turn.
    package let labels: SplitLabels?
    private let threads: Int?

    /// - Parameters:
    ///   - labels: the digits of the images, if the request's do not come in turn.
    ///   - threads: the number of threads that may draw at once, nil for one on each processor; the images do not
    ///     depend on it.
    /// - Throws: `DigitGeneratorError` for a request that the generator cannot draw, and `ImagingError.size`.
    package init(
        _ request: DrawRequest, by generator: DigitGenerator, labels: SplitLabels? = nil, threads: Int? = 1
    ) throws {
        sequence = try ImageSequence(request, by: generator, labels: labels)
        self.labels = labels
        let digit = generator.imageSize(request.finish)
        size = try ImageStack.Size(width: digit.width * request.digitsPerImage, height: digit.height)
        self.threads = threads
    }

    /// All that is needed to draw the images again.
    package var provenance: Provenance { Provenance(sequence) }

    /// Draws images piece by piece, makes of each piece what `make` returns, and hands that over in the order of the
    /// images. `make` is called on the thread that drew the piece, `take` on this one while others draw.
    ///
    /// - Parameter ranges: pieces do not go beyond the end of one.
    /// - Throws: `ImagingError` and what `make` and `take` throw.
    package func draw<Product>(
        _ ranges: [Range<Int>], make: (_ piece: Range<Int>, _ images: ImageStack) throws -> Product,
        take: (Product) throws -> Void
    ) throws {
        let imageCount = ranges.reduce(0) { $0 + $1.count }
        var waiting = ranges.lazy.flatMap { pieces(of: $0) }.makeIterator()
        try inOrder(
            threads: threadCount(imageCount: imageCount), next: { waiting.next() },
            make: { try make($0, images($0, threads: 1)) }, take: take)
    }

    /// Draws the images `range` piece by piece and hands each piece over, in their order, while other threads draw the
    /// next. Throws `ImagingError` and what `take` throws.
    package func draw(_ range: Range<Int>, take: (Range<Int>, ImageStack) throws -> Void) throws {
        try draw([range], make: { (range: $0, images: $1) }, take: { try take($0.range, $0.images) })
    }

    /// The images `range`.
    package func images(_ range: Range<Int>) throws(ImagingError) -> ImageStack {
        try images(range, threads: threads)
    }

    private func images(_ range: Range<Int>, threads: Int?) throws(ImagingError) -> ImageStack {
        let pixels = sequence.generator.render(
            sequence.keys(range), sequence.request.finish, threads: threads)
        return try stack(pixels[...])
    }

    /// The number of threads that are worth starting.
    private func threadCount(imageCount: Int) -> Int {
        let (pixels, overflow) = imageCount.multipliedReportingOverflow(by: size.pixelCount)
        return sequence.generator.plan.threadCount(pixels: overflow ? .max : pixels, wanted: threads)
    }

    /// Draws the outlines of the images `range`, whose finish must be ink, a piece at a time.
    ///
    /// - Parameters:
    ///   - unitsPerPixel: of the outlines' coordinates; even.
    ///   - take: gets the outlines of each digit in turn.
    package func outline(
        _ range: Range<Int>, unitsPerPixel: Int, take: ([InkOutline]) throws -> Void
    ) throws {
        let step = max(1, Self.pieceOutlines / sequence.request.digitsPerImage)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: step) {
            let piece = start..<min(start + step, range.upperBound)
            try take(
                sequence.generator.outlines(
                    sequence.keys(piece), extent: sequence.request.finish.size * unitsPerPixel,
                    threads: threads))
        }
    }

    /// Drawn digits as images: those of a number side by side.
    func stack(_ pixels: ArraySlice<UInt8>) throws(ImagingError) -> ImageStack {
        let digits = sequence.request.digitsPerImage
        let digit = sequence.generator.imageSize(sequence.request.finish)
        return try ImageStack(
            size: size, slice: digits == 1 ? pixels : digit.sideBySide(pixels, digits: digits)[...])
    }

    /// `range` in pieces that a thread draws at a time.
    package func pieces(of range: Range<Int>) -> some Sequence<Range<Int>> {
        let fitting = max(1, Self.piecePixels / size.pixelCount)
        let step = fitting < Self.pieceUnit ? fitting : fitting / Self.pieceUnit * Self.pieceUnit
        return stride(from: range.lowerBound, to: range.upperBound, by: step).lazy.map {
            $0..<min($0 + step, range.upperBound)
        }
    }
}
