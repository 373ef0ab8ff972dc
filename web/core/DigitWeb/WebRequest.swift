import DigitGen

/// A request as JavaScript writes it: a text, and numbers in the order of `Option`, NaN for one that is not given.
/// Numbers are in the ranges of their types, and so is the end of the images: digitgen.js refuses others.
struct WebRequest {
    /// The numbers. Those of 64 bits come in two halves of 32.
    enum Option: Int, CaseIterable {
        case count, first, seedHigh, seedLow, styleHigh, styleLow, vary, slant, thickness, width
        case morphFrom, morphTo, size
        /// The only image to draw, one of the request's.
        case only
    }

    let request: DrawRequest
    /// The numbers of the images that are drawn.
    let images: Range<Int>

    init(
        _ text: UnsafePointer<UInt8>, count: Int, _ options: UnsafePointer<Double>
    ) throws(DigitGeneratorError) {
        func number(_ option: Option) -> Double? {
            let value = options[option.rawValue]
            return value.isNaN ? nil : value
        }
        func half(_ option: Option) -> UInt64? { number(option).map { UInt64(UInt32($0)) } }
        func whole(_ high: Option, _ low: Option) -> UInt64? {
            guard let high = half(high), let low = half(low) else { return nil }
            return high << 32 | low
        }
        func target(_ measure: StyleMeasure, _ option: Option) throws(DigitGeneratorError) -> StyleTarget? {
            guard let value = number(option) else { return nil }
            return try StyleTarget(measure, value)
        }
        let digits =
            try count > 0
            ? Digits(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)) : nil
        var morph: DrawRequest.Morph?
        if let first = number(.morphFrom), let last = number(.morphTo) {
            morph = DrawRequest.Morph(first: UInt64(first), last: UInt64(last))
        }
        var targets: [StyleTarget] = []
        for target in [
            try target(.slant, .slant), try target(.thickness, .thickness), try target(.width, .width),
        ] {
            if let target { targets.append(target) }
        }
        let finish = try Finish(nil, size: number(.size).map { Int($0) })
        let side = finish.size
        request = try DrawRequest(
            digits: digits, count: number(.count).map { Int($0) } ?? 1,
            first: number(.first).map { Int($0) } ?? 0,
            style: whole(.styleHigh, .styleLow), vary: number(.vary).flatMap { Fraction($0) },
            targets: targets,
            morph: morph, seed: whole(.seedHigh, .seedLow) ?? 0, finish: finish,
            countLimit: Self.pixelLimit / (side * side * (digits?.description.utf8.count ?? 1)))
        images = number(.only).map { Int($0)..<Int($0) + 1 } ?? request.images
    }

    /// The pixels of one request.
    private static let pixelLimit = 1 << 26
}
