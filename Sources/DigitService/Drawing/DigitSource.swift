import DigitGen
import DigitImaging

/// Images to be drawn: image i, for any i, is a function of the generator, the seed, i and the digits that the
/// choice assigns to i. Nothing is drawn before it is asked for, so there is no end.
package struct DigitSource: Sendable {
    /// What the images show.
    package enum Choice: Equatable, Sendable {
        /// Every image shows this number, in a handwriting of its own.
        case number([UInt8])
        /// Image i shows the digit `digits[i % digits.count]`.
        case cycle([UInt8])
        /// Whatever the model draws: for unconditional ones.
        case any
    }

    /// Pixels of a piece, at most: so that memory does not grow with the number of images.
    private static let piecePixels = 1 << 22
    /// Fewer digits than this are drawn before other threads have started.
    private static let digitsWorthThreads = 512

    package let choice: Choice
    package let seed: UInt64
    /// The size of every image: 28 pixels high, 28 wide for each digit.
    package let size: ImageStack.Size
    private let generator: DigitGenerator
    private let threads: Int

    /// `threads` may draw at once; the images do not depend on them. Throws `ImagingError.size` for a number of
    /// no digits.
    package init(
        _ generator: DigitGenerator, choice: Choice, seed: UInt64, threads: Int = 1
    ) throws(ImagingError) {
        self.generator = generator
        self.choice = choice
        self.seed = seed
        self.threads = threads
        let digits = if case .number(let number) = choice { number.count } else { 1 }
        self.size = try ImageStack.Size(width: 28 * digits, height: 28)
    }

    /// Labels of an image: as many as it shows digits, and none where nobody knows.
    package var labelsPerImage: Int {
        switch choice {
        case .number(let number): number.count
        case .cycle: 1
        case .any: 0
        }
    }

    /// The labels of the images `range`, `labelsPerImage` each.
    package func labels(_ range: Range<Int>) -> [UInt8] {
        switch choice {
        case .number(let number): range.flatMap { _ in number }
        case .cycle(let digits): range.map { digits[$0 % digits.count] }
        case .any: []
        }
    }

    /// The images `range`.
    package func images(_ range: Range<Int>) throws(ImagingError) -> ImageStack {
        let keys = keys(range)
        let pixels = generator.render(keys, threads: keys.count < Self.digitsWorthThreads ? 1 : threads)
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
        switch choice {
        case .number(let number): range.flatMap { index in number.map { key(index, $0) } }
        case .cycle(let digits): range.map { key($0, digits[$0 % digits.count]) }
        case .any: range.map { key($0, 0) }
        }
    }

    private func key(_ index: Int, _ label: UInt8) -> ImageKey {
        ImageKey(seed: seed, index: UInt64(index), label: label)
    }
}
