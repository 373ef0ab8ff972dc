import DigitGen
import DigitImaging
import Platform

/// Draws a sequence of images into stacks.
package struct DigitSource: Sendable {
    /// Pixels of a piece, at most: so that memory does not grow with the number of images.
    private static let piecePixels = 1 << 21
    /// The same of digits as outlines.
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

    /// Draws the images `range` piece by piece and hands each piece over, in their order. What takes one runs at the
    /// same time as other threads draw the next. Throws `ImagingError` and what `take` throws.
    package func draw(_ range: Range<Int>, take: (Range<Int>, ImageStack) throws -> Void) throws {
        var drawn: (range: Range<Int>, images: ImageStack)?
        for piece in pieces(of: range) {
            var outcome = Result<Void, any Error>.success(())
            let images = try images(piece) {
                outcome = Result { if let drawn { try take(drawn.range, drawn.images) } }
            }
            try outcome.get()
            drawn = (piece, images)
        }
        if let drawn { try take(drawn.range, drawn.images) }
    }

    /// The images `range`. This thread calls `meanwhile` first, while others draw already.
    package func images(
        _ range: Range<Int>, meanwhile: () -> Void = {}
    ) throws(ImagingError) -> ImageStack {
        let pixels = sequence.generator.render(
            sequence.keys(range), sequence.request.finish, threads: threads, meanwhile: meanwhile)
        return try stack(pixels[...])
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

    /// `range` in pieces that are well drawn and kept in memory one at a time.
    package func pieces(of range: Range<Int>) -> some Sequence<Range<Int>> {
        let step = max(1, Self.piecePixels / size.pixelCount)
        return stride(from: range.lowerBound, to: range.upperBound, by: step).lazy.map {
            $0..<min($0 + step, range.upperBound)
        }
    }
}
