import DigitGen
import DigitImaging

/// A request for images with all that was left open settled: which generator draws, from which seed.
struct Drawing {
    let request: DrawRequest
    let generator: DigitGenerator
    let source: DigitSource

    /// A request without a seed gets a fresh one. It is below 2^53, so that clients which read numbers as doubles
    /// keep it whole.
    init(_ request: DrawRequest, generator: DigitGenerator) throws(RequestError) {
        self.request = request
        self.generator = generator
        do throws(ImagingError) {
            source = try DigitSource(
                generator, choice: request.digits.map { .number($0) } ?? .any,
                seed: request.seed ?? UInt64.random(in: 0..<1 << 53))
        } catch {
            throw .internal(reason: error.description)
        }
    }

    /// What the images show; nil when nobody knows.
    var number: String? {
        request.digits.map { digits in String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        }
    }

    /// One key for each digit of the images.
    var keys: [ImageKey] { source.keys(request.first..<request.first + request.count) }

    /// The texts in a PNG of all images: those that the command line writes, and the number of the first image
    /// where it is not 0.
    func texts() throws(ImagingError) -> [PNGText] {
        let provenance = Provenance(
            generator: generator, seed: source.seed, digits: number, count: request.count)
        guard request.first > 0 else { return try provenance.texts() }
        return try provenance.texts() + [PNGText(keyword: "First image", text: "\(request.first)")]
    }
}
