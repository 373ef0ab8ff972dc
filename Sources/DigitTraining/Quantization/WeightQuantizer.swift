/// Turns one output channel's weights into int8: weight ≈ scale · code, −127 ≤ code ≤ 127.
struct WeightQuantizer {
    /// How much an error of each weight counts: the mean square of the input it multiplies.
    let importance: [Float]

    /// Parts of the largest magnitude that may become code 127. What lies beyond is clipped, so that all
    /// others are rounded less.
    private static let clipRatios: [Float] = (0...20).map { 1 - 0.02 * Float($0) }

    /// The scale with the least weighted square error, and the codes.
    func quantize(_ weights: ArraySlice<Float>) -> (scale: Float, codes: [Int8]) {
        let largest = weights.reduce(0) { max($0, abs($1)) }
        // The smallest scale whose products stay normal numbers by far; also that of a channel of zeros.
        let smallest: Float = 0x1p-40
        var best = (error: Float.infinity, scale: smallest)
        for ratio in WeightQuantizer.clipRatios {
            let scale = max(ratio * largest / 127, smallest)
            let error = error(weights, scale: scale)
            if error < best.error { best = (error, scale) }
        }
        return (best.scale, weights.map { Int8(WeightQuantizer.code($0, scale: best.scale)) })
    }

    private func error(_ weights: ArraySlice<Float>, scale: Float) -> Float {
        var total: Float = 0
        for (index, weight) in weights.enumerated() {
            let difference = weight - scale * WeightQuantizer.code(weight, scale: scale)
            total += importance[index] * difference * difference
        }
        return total
    }

    private static func code(_ weight: Float, scale: Float) -> Float {
        min(max((weight / scale).rounded(.toNearestOrEven), -127), 127)
    }
}
