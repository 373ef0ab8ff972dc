import DigitGen
import DigitImaging
import Platform

/// Images to be drawn: image i, for any i, is a function of the generator, the seed, i and the digits that the
/// choice assigns to i. Nothing is drawn before it is asked for, so there is no end.
package struct DigitSource: Sendable {
    /// What the images show.
    package enum Choice: Equatable, Sendable {
        /// Every image shows this number, in a handwriting of its own.
        case number([UInt8])
        /// Image i shows the digit `digits[i % digits.count]`.
        case cycle([UInt8])
        /// From one digit to another in `steps` images, both ends among them; later images stay at the end.
        case morph(from: UInt8, to: UInt8, steps: Int)
        /// Whatever the model draws: for unconditional ones.
        case any

        /// The digits that a model must know.
        package var digits: [UInt8] {
            switch self {
            case .number(let digits), .cycle(let digits): digits
            case .morph(let first, let last, _): [first, last]
            case .any: []
            }
        }
    }

    /// Pixels of a piece, at most: so that memory does not grow with the number of images.
    private static let piecePixels = 1 << 21

    package let choice: Choice
    package let handwriting: Handwriting
    package let seed: UInt64
    /// The size of every image: 28 pixels high, 28 wide for each digit.
    package let size: ImageStack.Size
    private let generator: DigitGenerator
    private let threads: Int?

    /// `threads` may draw at once, nil for one on each processor; the images do not depend on them. Throws
    /// `ImagingError.size` for a number of no digits.
    package init(
        _ generator: DigitGenerator, choice: Choice, handwriting: Handwriting = .eachItsOwn, seed: UInt64,
        threads: Int? = 1
    ) throws(ImagingError) {
        self.generator = generator
        self.choice = choice
        self.handwriting = handwriting
        self.seed = seed
        self.threads = threads
        let digits = if case .number(let number) = choice { number.count } else { 1 }
        self.size = try ImageStack.Size(width: 28 * digits, height: 28)
    }

    /// Labels of an image: as many as it shows digits, and none where nobody knows.
    package var labelsPerImage: Int {
        switch choice {
        case .number(let number): number.count
        case .cycle, .morph: 1
        case .any: 0
        }
    }

    /// The labels of the images `range`, `labelsPerImage` each; between two digits, the nearer one's.
    package func labels(_ range: Range<Int>) -> [UInt8] {
        switch choice {
        case .number(let number): range.flatMap { _ in number }
        case .cycle(let digits): range.map { digits[$0 % digits.count] }
        case .morph(let first, let last, let steps):
            range.map { Fraction(step: $0, of: steps - 1).value < 0.5 ? first : last }
        case .any: []
        }
    }

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
        let keys = keys(range)
        let pixels = generator.render(
            keys, threads: keys.count < InferencePlan.parallelThreshold ? 1 : threads ?? Processors.count,
            meanwhile: meanwhile)
        let digits = size.width / 28
        return try ImageStack(
            size: size, pixels: digits == 1 ? pixels : DigitGenerator.sideBySide(pixels, digits: digits))
    }

    /// `range` in pieces that are well drawn and kept in memory one at a time.
    package func pieces(of range: Range<Int>) -> some Sequence<Range<Int>> {
        let step = max(1, Self.piecePixels / size.pixelCount)
        return stride(from: range.lowerBound, to: range.upperBound, by: step).lazy.map {
            $0..<min($0 + step, range.upperBound)
        }
    }

    /// One key for each digit of the images `range`.
    func keys(_ range: Range<Int>) -> [ImageKey] {
        var keys: [ImageKey] = []
        keys.reserveCapacity(range.count * max(1, labelsPerImage))
        for index in range {
            let latent = handwriting.latent(seed: seed, index: index)
            switch choice {
            case .number(let number):
                for label in number { keys.append(ImageKey(latent: latent, label: label)) }
            case .cycle(let digits):
                keys.append(ImageKey(latent: latent, label: digits[index % digits.count]))
            case .morph(let first, let last, let steps):
                let fraction = Fraction(step: index, of: steps - 1)
                keys.append(ImageKey(latent: latent, from: first, to: last, fraction: fraction))
            case .any: keys.append(ImageKey(latent: latent, label: 0))
            }
        }
        return keys
    }
}
