/// A request for images: what they show, how many, in whose hand, from which seed and by which model.
///
/// ```swift
/// let request = DrawRequest(.number(try Digits("90210")), count: 4, handwriting: .style(12), seed: 1)
/// let images = try DigitGenerator(request.model).images(request)
/// ```
///
/// The command line, the line protocol, data sets and the library all make this value. Its rules are checked here, and
/// those that depend on the model in `ImageSequence`.
public struct DrawRequest: Equatable, Sendable {
    /// The digits that the images show.
    public enum Content: Equatable, Sendable {
        /// The same number on every image, its digits side by side and in one hand.
        case number(Digits)
        /// One digit on each image, these in turn.
        case inTurn(Digits)
        /// From one digit, 0 to 9, to another; both ends are among the images.
        case morph(from: UInt8, to: UInt8)
        /// The model's digits in turn; for an unconditional model, whatever it draws.
        case any
    }

    /// The model that draws.
    public enum Model: Equatable, Sendable {
        /// The first of `DigitGenerator.shippedModels`; in a session, that of the session.
        case `default`
        /// A model of the program, by its name.
        case named(String)
        /// A bundle in a file, by its path.
        case file(String)
    }

    /// A part of a request, as command line and protocol call it.
    public enum Field: String, Sendable {
        case digits, count, first, seed, style, like, vary, morph, slant, thickness, width, model, size,
            finish
    }

    /// The numbers that a first image may have: whole numbers that a double holds, too.
    package static let firstImages = 0...Int(clamping: (Int64(1) << 53) - 1)

    /// The digits that the images show.
    public var content: Content
    /// The number of images; at least 1, and 2 with a morph.
    public var count: Int
    /// The number of the first image: image i of a seed is the same in every request.
    public var first: Int
    /// In whose hand the images are. Between digits, `.perImage` is the one hand that has the seed's number.
    public var handwriting: Handwriting
    /// How far each digit strays from its hand: not at all at 0, all the way to a hand of its own at 1. Nil for as far
    /// as people's digits do, with models that know how far that is (`DigitGenerator.hasHands`); with others not at
    /// all. With those, it is the images that stray from a style, and the digits of an image stay alike.
    public var vary: Fraction?
    /// True for hands that differ more than people's: rare forms and styles become common, and some digits are hard to
    /// read. For training readers of digits unlike MNIST's.
    public var isDiverse: Bool
    /// The style that digits are drawn in where it should not be that of their hand, at most one target a measure.
    /// Only models that obey a style have it (`DigitGenerator.obeysStyle`).
    public var style: [StyleTarget]
    /// Equal seeds give equal images; nil for a random seed.
    public var seed: UInt64?
    /// The model that draws.
    public var model: Model
    /// The pixels that it makes.
    public var finish: Finish

    /// By default, one image of whatever the default model draws, from a random seed.
    public init(
        _ content: Content = .any, count: Int = 1, first: Int = 0, handwriting: Handwriting = .perImage,
        vary: Fraction? = nil, isDiverse: Bool = false, style: [StyleTarget] = [], seed: UInt64? = nil,
        model: Model = .default, finish: Finish = .mnist
    ) {
        self.content = content
        self.count = count
        self.first = first
        self.handwriting = handwriting
        self.vary = vary
        self.isDiverse = isDiverse
        self.style = style
        self.seed = seed
        self.model = model
        self.finish = finish
    }

    /// A request made of independent options: those of a command line, or the fields of a JSON object.
    ///
    /// - Throws: `DigitGeneratorError.mutuallyExclusive` or `.invalidMorph` for options that do not go
    ///   together, and as `validate` does.
    package init(
        digits: Digits?, count: Int, first: Int = 0, style: UInt64? = nil, vary: Fraction? = nil,
        isDiverse: Bool = false, targets: [StyleTarget] = [], morph: Morph? = nil, seed: UInt64? = nil,
        model: Model = .default,
        finish: Finish = .mnist,
        countLimit: Int
    ) throws(DigitGeneratorError) {
        self.init(
            digits.map(Content.number) ?? .any, count: count, first: first, vary: vary, isDiverse: isDiverse,
            style: targets, seed: seed, model: model, finish: finish)
        if let morph {
            guard vary == nil else { throw .mutuallyExclusive(.vary, .morph) }
            if digits != nil {
                guard style == nil else { throw .mutuallyExclusive(.style, .morph) }
                handwriting = .morph(from: morph.first, to: morph.last)
            } else {
                guard morph.first <= 9, morph.last <= 9 else { throw .invalidMorph }
                content = .morph(from: UInt8(morph.first), to: UInt8(morph.last))
            }
        }
        if let style { handwriting = .style(style) }
        try validate(countLimit: countLimit)
    }

    /// Two numbers that images lie between: of styles or, in a request without digits, digits.
    package struct Morph: Equatable, Sendable {
        package let first: UInt64
        package let last: UInt64

        package init(first: UInt64, last: UInt64) {
            self.first = first
            self.last = last
        }
    }

    /// Checks what does not depend on the model.
    ///
    /// - Parameter countLimit: the greatest number of images that the caller can take.
    /// - Throws: `DigitGeneratorError.invalidCount`, `.invalidFirst`, `.invalidSize`, `.invalidStyle` or
    ///   `.mutuallyExclusive`.
    package func validate(countLimit: Int) throws(DigitGeneratorError) {
        let least = isMorph ? 2 : 1
        guard (least...max(least, countLimit)).contains(count) else {
            throw .invalidCount(count, allowed: least...max(least, countLimit))
        }
        guard Self.firstImages.contains(first) else { throw .invalidFirst(first) }
        guard !isMorph || first == 0 else { throw .mutuallyExclusive(.first, .morph) }
        for target in style where target.first > target.last && !isMorph {
            throw .invalidStyle(target.measure)
        }
        try finish.validate()
    }

    /// True if the images lie between two digits or two hands, and so depend on their number.
    package var isMorph: Bool {
        if case .morph = content { return true }
        if case .morph = handwriting { return true }
        return false
    }

    /// The number of digits side by side on each image.
    package var digitsPerImage: Int {
        if case .number(let digits) = content { digits.values.count } else { 1 }
    }

    /// The numbers of the images.
    package var images: Range<Int> { first..<first + count }

    /// A random seed below 2^53, so that programs which read numbers as doubles keep it whole.
    package static func randomSeed() -> UInt64 { .random(in: 0..<1 << 53) }
}

/// A number as it is written: 1 to 64 digits from 0 to 9, with zeros in front.
public struct Digits: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// How many digits a number may have.
    public static let lengths = 1...64
    /// The text that errors show of what is allowed.
    package static let expectation = "expected 1 to 64 digits from 0 to 9, such as 7 or 90210"

    /// The number as it is written, such as "007".
    public let description: String
    /// The digits from the left, each from 0 to 9.
    package let values: [UInt8]

    /// - Throws: `DigitGeneratorError.invalidDigits` or `.tooManyDigits`.
    public init(_ text: String) throws(DigitGeneratorError) {
        let values = text.utf8.map { $0 &- UInt8(ascii: "0") }
        guard !values.isEmpty, values.allSatisfy({ $0 <= 9 }) else { throw .invalidDigits(text) }
        guard values.count <= Self.lengths.upperBound else {
            throw .tooManyDigits(values.count, limit: Self.lengths.upperBound)
        }
        description = text
        self.values = values
    }

    /// - Parameter values: 1 to 64 digits, each from 0 to 9.
    package init(values: [UInt8]) {
        precondition(Self.lengths.contains(values.count) && values.allSatisfy { $0 <= 9 })
        description = String(decoding: values.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        self.values = values
    }
}

/// In whose hand images are drawn.
public enum Handwriting: Equatable, Sendable {
    /// Each image in another hand, which its seed and index decide.
    case perImage
    /// All in the hand that the number names, the same under every seed.
    case style(UInt64)
    /// The first `imagesEach` images in the style with the number `from`, as many more in the next one, and so on.
    case styles(from: UInt64, imagesEach: Int)
    /// From one style to another over all images of a request, both ends among them.
    case morph(from: UInt64, to: UInt64)

    /// The hand of image `index`, of `count` images in all.
    package func latent(seed: UInt64, index: Int, of count: Int) -> Latent {
        switch self {
        case .perImage: .sample(seed: seed, index: UInt64(index))
        case .style(let number): .style(number)
        case .styles(let first, let imagesEach):
            .style(first &+ UInt64(index / max(imagesEach, 1)))
        case .morph(let first, let last):
            Latent(
                from: Latent.style(first).start, to: Latent.style(last).start,
                fraction: Fraction(step: index, of: count - 1))
        }
    }
}
