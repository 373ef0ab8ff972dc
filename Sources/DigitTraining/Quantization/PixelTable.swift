import Platform

/// From the last layer's codes to pixels.
enum PixelTable {
    /// round(127.5 · (tanh(scale · (q − zeroPoint)) + 1)) for each code q.
    static func pixels(scale: Float, zeroPoint: UInt8) -> [UInt8] {
        (0..<256).map { code in
            UInt8(value(scale * Float(code - Int(zeroPoint))).rounded(.toNearestOrEven))
        }
    }

    /// The pixel of a pre-activation, 0…255, not rounded.
    static func value(_ preactivation: Float) -> Float {
        127.5 * (tanhf(preactivation) + 1)
    }

    /// `pixels` with black for as many of the first codes as bring the share of black pixels nearest to `blackShare`.
    ///
    /// - Parameters:
    ///   - pixels: a table of 256 that does not fall from one code to the next.
    ///   - counts: how often each code comes.
    static func blackened(_ pixels: [UInt8], counts: [Int], blackShare: Double) -> [UInt8] {
        precondition(pixels.count == 256 && counts.count == 256)
        let wanted = blackShare * Double(counts.reduce(0, +))
        var black = 0
        let firstGray = counts.firstIndex { count in
            defer { black += count }
            return Double(black) + Double(count) / 2 > wanted
        }
        let end = firstGray ?? 256
        return [UInt8](repeating: 0, count: end) + pixels[end...]
    }
}
