import DigitModel
import Platform

/// Generates images of handwritten digits.
///
/// ```swift
/// let sevens = try DigitGenerator.default.images(of: "7", count: 16, seed: 1)
/// ```
///
/// An image is a function of the weights, the seed, its index and the digit alone: the same on every processor,
/// and whatever else is generated with it. Values share their weights, and may be used from many threads at once.
public struct DigitGenerator: Sendable {
    /// The number of digits that `images` draws at most in one call.
    public static let digitLimit = 1_000_000

    /// The same at the size of a finish: as many pixels.
    private static func digitLimit(_ finish: Finish) -> Int {
        let (least, size) = (Finish.mnist.size, min(finish.size, Finish.sizes.upperBound))
        return size <= least ? digitLimit : digitLimit * least * least / (size * size)
    }

    /// The bundle and its plan behind one reference, so that a copy of a generator costs no more.
    private final class Model: Sendable {
        let bundle: Bundle
        let plan: InferencePlan

        init(_ bundle: Bundle, tier: KernelTier) {
            self.bundle = bundle
            plan = InferencePlan(bundle.model, tier: tier)
        }
    }

    private let model: Model

    package var bundle: Bundle { model.bundle }
    package var plan: InferencePlan { model.plan }

    /// The names of the models that come with the program, the default first.
    public static var shippedModels: [String] { ShippedBundle.all.map { $0.name } }

    /// The generator of a bundle, on a tier of one's choice.
    package init(_ bundle: Bundle, tier: KernelTier) throws(DigitGeneratorError) {
        model = Model(bundle, tier: tier)
    }

    /// The model's name, such as "cdcgan".
    public var name: String { bundle.manifest.modelName }

    /// SHA-256 of the bundle in 64 hexadecimal digits: with the seed, it names an image for good.
    public var sha256: String { bundle.sha256 }

    /// True for a model that draws chosen digits.
    public var isConditional: Bool { bundle.model.architecture.isConditional }

    /// True for a model that draws ink, at any size.
    public var drawsInk: Bool { bundle.model.architecture.drawsInk }

    /// True for a model whose hands are as even, and as uneven, as people's: no two digits of one are equal.
    public var hasHands: Bool { stray != nil }

    /// True for a model that draws digits in a style that one asks for: slant, thickness and width.
    public var obeysStyle: Bool { bundle.manifest.styles != nil }

    /// How far digits stray from their hand by nature; nil if the model does not know.
    package var stray: HandStray? { bundle.manifest.stray }

    /// The digits that the model draws, in rising order: "0123456789", or fewer if its training data had fewer.
    public var digits: String { Manifest.text(of: classes) }

    /// The same as numbers.
    package var classes: [UInt8] { bundle.manifest.classes }

    /// The values of a measure in which the model can draw a digit, in the measure's unit; nil for a model that obeys
    /// no style, and for a digit that it does not draw.
    public func styleRange(of digit: UInt8, _ measure: StyleMeasure) -> ClosedRange<Double>? {
        guard let styles = bundle.manifest.styles, let index = classes.firstIndex(of: digit) else {
            return nil
        }
        let range = styles.ranges[index][measure.entry]
        return Double(range.lowerBound) / measure.steps...Double(range.upperBound) / measure.steps
    }

    /// The size of an image of one digit.
    package func imageSize(_ finish: Finish) -> ImageSize {
        switch finish {
        case .mnist: plan.imageSize
        case .ink(let size): ImageSize(height: size, width: size)
        }
    }

    /// The instruction set tier in use, such as "avx2".
    public var instructionSet: String { plan.tier.name }

    /// Images of a number, each in another hand unless `handwriting` says otherwise.
    ///
    /// Image i takes latent i of the seed; the digits of a number stand side by side and share it, so a number is
    /// in one hand, and image i of "3" and of "7" are too.
    ///
    /// - Parameters:
    ///   - digits: one or more of 0–9, with zeros in front.
    ///   - count: the number of images.
    ///   - seed: equal seeds give equal images.
    ///   - handwriting: in whose hand.
    ///   - threads: the number of threads to use; the images do not depend on it.
    /// - Throws: `DigitGeneratorError.invalidDigits` or `.tooManyDigits`, and as `images(_:threads:)` does.
    public func images(
        of digits: String, count: Int, seed: UInt64, handwriting: Handwriting = .perImage,
        vary: Fraction? = nil, threads: Int = 1
    ) throws(DigitGeneratorError) -> DigitImages {
        let request = DrawRequest(
            .number(try Digits(digits)), count: count, handwriting: handwriting, vary: vary, seed: seed)
        return try images(request, threads: threads)
    }

    /// Images of the model's digits in turn; of an unconditional model, whatever it draws.
    ///
    /// - Parameters: as of `images(of:count:seed:handwriting:vary:threads:)`.
    /// - Throws: `DigitGeneratorError.invalidCount`.
    public func images(count: Int, seed: UInt64, threads: Int = 1) throws(DigitGeneratorError) -> DigitImages
    {
        try images(DrawRequest(count: count, seed: seed), threads: threads)
    }

    /// The images of a request, drawn by this generator whatever the request's model.
    ///
    /// - Parameters:
    ///   - request: for at most `digitLimit` digits.
    ///   - threads: the number of threads to use; the images do not depend on it.
    /// - Throws: `DigitGeneratorError.invalidCount`, `.invalidFirst` or `.mutuallyExclusive` for a request that makes
    ///   no sense, `.unconditional`, `.unknownDigits` or `.noInk` for one that this model cannot draw.
    public func images(_ request: DrawRequest, threads: Int = 1) throws(DigitGeneratorError) -> DigitImages {
        let digits = request.digitsPerImage
        try request.validate(countLimit: Self.digitLimit(request.finish) / digits)
        let sequence = try ImageSequence(request, by: self)
        let size = imageSize(request.finish)
        let pixels = render(sequence.keys(request.images), request.finish, threads: threads)
        return DigitImages(
            pixels: digits == 1 ? pixels : size.sideBySide(pixels[...], digits: digits),
            count: request.count, width: size.width * digits, height: size.height, seed: sequence.seed,
            labels: sequence.captions(request.images))
    }

    /// The images of `keys`, concatenated, drawn on `threads` threads if there are enough images; nil for one on each
    /// processor.
    ///
    /// - Parameter finish: ink only if the model draws it.
    package func render(
        _ keys: [ImageKey], _ finish: Finish = .mnist, threads: Int? = 1
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: keys.count * imageSize(finish).pixelCount) { buffer, count in
            count = keys.count * imageSize(finish).pixelCount
            render(
                keys, finish, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]), threads: threads)
        }
    }

    /// The same into `pixels`, which have room for exactly these images.
    package func render(
        _ keys: [ImageKey], _ finish: Finish, into pixels: UnsafeMutableBufferPointer<UInt8>, threads: Int?
    ) {
        let threads = plan.threadCount(pixels: pixels.count, wanted: threads)
        let keys = settled(keys, threads: threads)
        switch finish {
        case .mnist: plan.run(keys, into: pixels, threads: threads)
        case .ink(let size):
            plan.draw(keys, size: size, into: pixels, threads: threads)
        }
    }

    /// The keys with the coordinates of the style that is asked for.
    func settled(_ keys: [ImageKey], threads: Int) -> [ImageKey] {
        guard keys.contains(where: { $0.targets != nil }) else { return keys }
        return StyleSearch(plan: plan, threads: threads).settle(keys)
    }

    /// Throws `DigitGeneratorError.noStyle` if the model cannot be asked for a style, and `.unreachableStyle` for one
    /// that some of the digits cannot have.
    package func check(_ style: [StyleTarget], digits: [UInt8]) throws(DigitGeneratorError) {
        guard let first = style.first else { return }
        guard let styles = bundle.manifest.styles else {
            throw .noStyle(first.measure.field, model: name, styleModels: Self.inkModels)
        }
        let digits = Set(digits).sorted()
        for target in style {
            for digit in digits {
                guard let index = classes.firstIndex(of: digit) else { continue }
                let range = styles.ranges[index][target.measure.entry]
                guard range.contains(target.first), range.contains(target.last) else {
                    throw .unreachableStyle(
                        target, model: name, digit: digit, least: range.lowerBound, greatest: range.upperBound
                    )
                }
            }
        }
    }

    /// Throws `DigitGeneratorError.noInk` for a finish that the model does not have.
    package func check(_ finish: Finish) throws(DigitGeneratorError) {
        guard drawsInk || finish == .mnist else {
            throw .noInk(model: name, finish: finish, inkModels: Self.inkModels)
        }
    }

    /// The shipped models that draw chosen digits.
    package static var conditionalModels: [String] {
        shippedModels.filter { ModelName(rawValue: $0)?.architecture.isConditional == true }
    }

    /// The shipped models that draw ink.
    package static var inkModels: [String] {
        shippedModels.filter { ModelName(rawValue: $0)?.architecture.drawsInk == true }
    }
}

extension ImageSize {
    /// Rearranges concatenated digits of this size to numbers of `digits` digits side by side.
    package func sideBySide(_ pixels: ArraySlice<UInt8>, digits: Int) -> [UInt8] {
        precondition(pixels.count % (digits * pixelCount) == 0)
        return [UInt8](unsafeUninitializedCapacity: pixels.count) { result, count in
            count = pixels.count
            guard var target = result.baseAddress else { return }
            pixels.withUnsafeBufferPointer { source in
                for number in stride(from: 0, to: count, by: digits * pixelCount) {
                    for row in 0..<height {
                        for digit in 0..<digits {
                            let line = source.baseAddress! + number + digit * pixelCount + row * width
                            target.update(from: line, count: width)
                            target += width
                        }
                    }
                }
            }
        }
    }
}

/// Drawn images, all of one size, and what they show.
public struct DigitImages: Equatable, Sendable {
    /// One image after the other, each row by row from the top; 0 is background, 255 ink.
    public let pixels: [UInt8]
    /// Number of images.
    public let count: Int
    /// Pixels across: as many times the width of a digit as a number has digits.
    public let width: Int
    /// Pixels down.
    public let height: Int
    /// The seed that drew them: with it the same request gives the same images.
    public let seed: UInt64
    /// The digit or number that each image shows; empty for an unconditional model.
    public let labels: [String]

    /// The pixels of one image, `width * height` of them.
    ///
    /// - Parameter index: 0 ..< `count`.
    public subscript(index: Int) -> ArraySlice<UInt8> {
        pixels[index * width * height..<(index + 1) * width * height]
    }
}
