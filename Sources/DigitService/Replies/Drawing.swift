import DigitGen
import DigitImaging

/// A request for images with all that was left open settled: which generator draws, from which seed.
struct Drawing {
    let request: DrawRequest
    let generator: DigitGenerator
    let source: DigitSource

    /// A request without a seed gets a fresh one.
    init(_ request: DrawRequest, generator: DigitGenerator) throws(RequestError) {
        self.request = request
        self.generator = generator
        do throws(ImagingError) {
            let seed = request.seed?.value ?? FreshSeed.draw()
            source = try DigitSource(
                generator, choice: request.choice, handwriting: request.handwriting(seed: seed), seed: seed)
        } catch {
            throw .internal(reason: error.description)
        }
    }

    /// What each image shows; empty when nobody knows.
    var labels: [String] {
        if let number { return [String](repeating: number, count: request.count) }
        return source.labels(0..<request.count).map { String($0) }
    }

    /// Digits of all images: `ServiceLimits.requestDigits` at most.
    var digitCount: Int { request.count * (request.digits?.count ?? 1) }

    /// The number that all images show; nil when there is none.
    private var number: String? {
        request.digits.map { digits in String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        }
    }

    /// One key for each digit of the images.
    var keys: [ImageKey] { source.keys(request.first..<request.first + request.count) }

    /// The texts in a PNG of all images: those that the command line writes, and the number of the first image
    /// where it is not 0.
    func texts() throws(ImagingError) -> [PNGText] {
        let provenance = Provenance(
            generator: generator, seed: source.seed, digits: number, count: request.count,
            handwriting: source.handwriting, choice: source.choice)
        guard request.first > 0 else { return try provenance.texts() }
        return try provenance.texts() + [PNGText(keyword: "First image", text: "\(request.first)")]
    }
}
