import Platform
import DigitModel

/// Generates images of handwritten digits.
///
/// ```swift
/// let sevens = try DigitGenerator.default.images(of: "7", count: 16, seed: 1)
/// ```
///
/// An image is a function of the weights, the seed, its index and the digit alone: the same on every processor,
/// and whatever else is generated with it. Values share their weights, and may be used from many threads at once.
public struct DigitGenerator: Sendable {
    /// Images that may be asked for at once.
    public static let countLimit = 1_000_000
    /// Digits of the longest number that can be drawn.
    public static let digitLimit = 64

    package let bundle: Bundle
    package let plan: InferencePlan

    /// The names of the models that come with the program, the default first.
    public static var shippedModels: [String] { ShippedBundle.all.map(\.name) }

    /// The generator of the default model, compiled into the program.
    ///
    /// - Throws: `DigitGeneratorError.notEnoughMemory`, and `.unknownTier` or `.unavailableTier` if the environment
    ///   variable `DIGITGEN_ISA` asks for an instruction set that there is not, or not on this processor.
    public static var `default`: DigitGenerator {
        get throws(DigitGeneratorError) {
            guard let first = ShippedBundle.all.first else {
                throw .unknownModel("default", available: [])
            }
            return try DigitGenerator(shipped: first.name)
        }
    }

    /// The generator of a model that comes with the program.
    ///
    /// - Throws: `DigitGeneratorError.unknownModel` for a name that is not among `shippedModels`, and as `default`
    ///   does.
    public init(shipped name: String) throws(DigitGeneratorError) {
        guard let shipped = ShippedBundle.all.first(where: { $0.name == name }) else {
            throw .unknownModel(name, available: Self.shippedModels)
        }
        let bundle: Bundle
        do { bundle = try shipped.read() } catch {
            throw DigitGeneratorError(error, source: "the shipped model \(name)")
        }
        try self.init(bundle, tier: KernelTier.preferred())
    }

    /// The generator of a bundle in a file.
    ///
    /// - Throws: `DigitGeneratorError.unreadable` or `.invalidBundle`, and as `default` does.
    public init(contentsOf path: String) throws(DigitGeneratorError) {
        try self.init(systemPath: String(systemBytes: path.utf8))
    }

    /// The generator of a bundle in a file whose path is a text of the system, as arguments are.
    package init(systemPath path: String) throws(DigitGeneratorError) {
        try self.init(bytes: BundleFile.read(path), source: path)
    }

    /// The generator of a bundle in memory.
    ///
    /// - Parameters:
    ///   - bytes: the content of a file `NAME.safetensors.zst`.
    ///   - source: what errors call it.
    /// - Throws: `DigitGeneratorError.invalidBundle`, and as `default` does.
    public init(bytes: consuming [UInt8], source: String = "the data") throws(DigitGeneratorError) {
        let bundle: Bundle
        do { bundle = try Bundle(compressed: bytes) } catch {
            throw DigitGeneratorError(error, source: source)
        }
        // The file has been read: a large one makes room for the plan.
        bytes = []
        try self.init(bundle, tier: KernelTier.preferred())
    }

    /// The generator of a bundle, on a tier of one's choice.
    package init(_ bundle: Bundle, tier: KernelTier) throws(DigitGeneratorError) {
        let memory = InferencePlan.byteBound(bundle.model.architecture)
        guard FreeMemory.holds(memory) else {
            throw .notEnoughMemory(work: "preparing the model \(bundle.manifest.modelName)", bytes: memory)
        }
        self.bundle = bundle
        plan = InferencePlan(bundle.model, tier: tier)
    }

    /// The model's name, such as "cdcgan".
    public var name: String { bundle.manifest.modelName }

    /// SHA-256 of the bundle in 64 hexadecimal digits: with the seed, it names an image for good.
    public var sha256: String { bundle.sha256 }

    /// Whether the model can be told which digit to draw.
    public var isConditional: Bool { bundle.model.architecture.isConditional }

    /// The digits that the model learnt to draw, in rising order: "0123456789", or fewer if its training data had
    /// fewer.
    public var digits: String { Manifest.text(of: classes) }

    /// The same as numbers.
    package var classes: [UInt8] { bundle.manifest.classes }

    /// Checks digits that are to be asked of the model.
    ///
    /// - Throws: `DigitGeneratorError.unknownDigits` for those that it has never seen.
    package func requireKnown(_ digits: [UInt8]) throws(DigitGeneratorError) {
        let unknown = Set(digits).subtracting(classes).sorted()
        guard unknown.isEmpty else { throw .unknownDigits(unknown, model: name, known: classes) }
    }

    /// The size of an image of one digit.
    package var imageSize: ImageSize { plan.imageSize }

    /// The instruction set tier in use, such as "avx2".
    public var instructionSet: String { plan.tier.name }

    /// Images of a number, each in another hand unless `handwriting` says otherwise.
    ///
    /// Image i takes latent i of the seed; the digits of a number stand side by side and share it, so a number is
    /// in one hand, and image i of "3" and of "7" are too.
    ///
    /// - Parameters:
    ///   - digits: one or more of 0–9; zeros in front count.
    ///   - count: number of images, 1 ... `countLimit`.
    ///   - seed: any; equal seeds give equal images.
    ///   - handwriting: in whose hand.
    ///   - threads: number of threads to use, at least 1; the images do not depend on it.
    /// - Returns: `count` images of 28 × 28·`digits.count` pixels.
    /// - Throws: `DigitGeneratorError.invalidDigits`, `.tooManyDigits`, `.invalidCount`, `.unconditional`,
    ///   `.unknownDigits` or `.notEnoughMemory`.
    public func images(
        of digits: String, count: Int, seed: UInt64, handwriting: Handwriting = .eachItsOwn, threads: Int = 1
    ) throws(DigitGeneratorError) -> DigitImages {
        let labels = try Self.labels(of: digits)
        guard isConditional else {
            throw .unconditional(model: name, conditionalModels: Self.conditionalModels)
        }
        try requireKnown(labels)
        try Self.check(count: count, digits: labels.count)
        let keys = (0..<count).flatMap { index in
            let latent = handwriting.latent(seed: seed, index: index)
            return labels.map { ImageKey(latent: latent, label: $0) }
        }
        let pixels = render(keys, threads: threads)
        return DigitImages(
            pixels: labels.count == 1 ? pixels : Self.sideBySide(pixels, digits: labels.count), count: count,
            width: 28 * labels.count, height: 28, labels: [String](repeating: digits, count: count))
    }

    /// Images of digits that nobody chose: a conditional model draws its `digits` in turn, the others draw what they
    /// draw.
    ///
    /// - Parameters:
    ///   - count: number of images, 1 ... `countLimit`.
    ///   - seed: any; equal seeds give equal images.
    ///   - threads: number of threads to use, at least 1; the images do not depend on it.
    /// - Returns: `count` images of 28 × 28 pixels.
    /// - Throws: `DigitGeneratorError.invalidCount` or `.notEnoughMemory`.
    public func images(count: Int, seed: UInt64, threads: Int = 1) throws(DigitGeneratorError) -> DigitImages
    {
        try Self.check(count: count, digits: 1)
        let keys = ImageKey.inTurn(0..<count, seed: seed, digits: classes)
        return DigitImages(
            pixels: render(keys, threads: threads), count: count, width: 28, height: 28,
            labels: isConditional ? keys.map { String($0.label) } : [])
    }

    /// The images of any keys, each of `imageSize`: what requests are batched with and data sets are streamed with.
    /// Before it draws itself, this thread calls `meanwhile`.
    package func render(_ keys: [ImageKey], threads: Int = 1, meanwhile: () -> Void = {}) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: keys.count * imageSize.pixelCount) { buffer, count in
            count = keys.count * imageSize.pixelCount
            plan.run(
                keys, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]), threads: threads,
                meanwhile: meanwhile)
        }
    }

    /// The values of a number's digits.
    ///
    /// - Throws: `DigitGeneratorError.invalidDigits` or `.tooManyDigits`.
    package static func labels(of digits: String) throws(DigitGeneratorError) -> [UInt8] {
        let labels = digits.utf8.map { $0 &- UInt8(ascii: "0") }
        guard !labels.isEmpty, labels.allSatisfy({ $0 < 10 }) else { throw .invalidDigits(digits) }
        guard labels.count <= digitLimit else { throw .tooManyDigits(labels.count, limit: digitLimit) }
        return labels
    }

    /// The shipped models that can be told which digit to draw.
    package static var conditionalModels: [String] {
        shippedModels.filter { ModelName(rawValue: $0)?.architecture.isConditional == true }
    }

    /// Bytes of a shipped model's file; nil for any other name.
    package static func byteCount(ofShipped name: String) -> Int? {
        ShippedBundle.all.first { $0.name == name }?.byteCount
    }

    /// SHA-256 of a shipped model's file, in 64 hexadecimal digits; nil for any other name.
    package static func sha256(ofShipped name: String) -> String? {
        ShippedBundle.all.first { $0.name == name }?.sha256
    }

    /// Rearranges digits of 28 × 28, one after the other, to numbers of `digits` of them side by side.
    package static func sideBySide(_ pixels: [UInt8], digits: Int) -> [UInt8] {
        let size = ImageSize.mnist.pixelCount
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count)
        for number in stride(from: 0, to: pixels.count, by: digits * size) {
            for row in 0..<28 {
                for digit in 0..<digits {
                    let start = number + digit * size + row * 28
                    result += pixels[start..<start + 28]
                }
            }
        }
        return result
    }

    private static func check(count: Int, digits: Int) throws(DigitGeneratorError) {
        let limit = countLimit / digits
        guard (1...limit).contains(count) else { throw .invalidCount(count, limit: limit) }
        // Their pixels twice, for they may be put side by side, and what decides them.
        let memory = count * digits * (2 * ImageSize.mnist.pixelCount + MemoryLayout<ImageKey>.stride)
        guard FreeMemory.holds(memory) else {
            throw .notEnoughMemory(work: "drawing \(count) images", bytes: memory)
        }
    }
}
