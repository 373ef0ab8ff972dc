/// Scale and zero point of a layer's codes: a code q stands for scale · (q − zeroPoint), 0 ≤ q ≤ 255.
struct ActivationRange: Equatable {
    var scale: Float
    var zeroPoint: UInt8

    /// The range from `low` ≤ 0 to `high` ≥ 0, moved by up to half a step to have 0 on a code; wider where its
    /// scale would be below `smallestScale`.
    init(low: Float, high: Float, smallestScale: Float = 0x1p-40) {
        scale = max((high - low) / 255, smallestScale)
        zeroPoint = UInt8(min(max((-low / scale).rounded(.toNearestOrEven), 0), 255))
    }

    /// The value of the code of `value`.
    func rounded(_ value: Float) -> Float {
        let zero = Float(zeroPoint)
        return scale * min(max((value / scale).rounded(.toNearestOrEven), -zero), 255 - zero)
    }

    /// The range with the least sum of `error(value, index)` over a sample of values.
    ///
    /// The ends start at the extremes and are moved inwards in turn, each to the best of 32 places, until
    /// neither moves: a few values are clipped so that all others are rounded less.
    static func search(
        _ sample: [Float], smallestScale: Float = 0x1p-40, error: (_ rounded: Float, _ index: Int) -> Float
    ) -> ActivationRange {
        let extremes = (low: min(sample.min() ?? 0, 0), high: max(sample.max() ?? 0, 0))
        func total(_ low: Float, _ high: Float) -> Double {
            let range = ActivationRange(low: low, high: high, smallestScale: smallestScale)
            var total = 0.0
            for (index, value) in sample.enumerated() { total += Double(error(range.rounded(value), index)) }
            return total
        }
        var (low, high) = extremes
        var best = total(low, high)
        for _ in 0..<4 {
            let before = best
            for step in 1..<32 {
                let candidate = extremes.high * Float(32 - step) / 32
                let error = total(low, candidate)
                if error < best { (best, high) = (error, candidate) }
            }
            guard extremes.low < 0 else { break }
            for step in 1..<32 {
                let candidate = extremes.low * Float(32 - step) / 32
                let error = total(candidate, high)
                if error < best { (best, low) = (error, candidate) }
            }
            if best == before { break }
        }
        return ActivationRange(low: low, high: high, smallestScale: smallestScale)
    }
}
