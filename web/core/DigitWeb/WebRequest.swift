import DigitGen

/// A request for digits in cells as JavaScript writes it: a text and numbers.
struct WebRequest {
    let request: DrawRequest
    /// The numbers of the images that are drawn.
    let images: Range<Int>

    /// - Parameter text: the digits; empty for whatever the model draws.
    init(_ text: String, _ options: WebOptions) throws(DigitGeneratorError) {
        let digits = try text.isEmpty ? nil : Digits(text)
        var morph: DrawRequest.Morph?
        if let first = options.number(.morphFrom), let last = options.number(.morphTo) {
            morph = DrawRequest.Morph(first: UInt64(first), last: UInt64(last))
        }
        let finish = try Finish(nil, size: options.integer(.size))
        let side = finish.size
        request = try DrawRequest(
            digits: digits, count: options.integer(.count) ?? 1, first: options.integer(.first) ?? 0,
            style: options.style, vary: options.vary, targets: options.targets, morph: morph,
            seed: options.seed, finish: finish,
            countLimit: Self.pixelLimit / (side * side * (digits?.description.utf8.count ?? 1)))
        images = options.integer(.only).map { $0..<$0 + 1 } ?? request.images
    }

    /// The pixels of one request.
    private static let pixelLimit = 1 << 26
}
