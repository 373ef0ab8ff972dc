#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// From the last layer's codes to pixels.
enum PixelTable {
    /// round(127.5 · (tanh(scale · (q − zeroPoint)) + 1)) for each code q.
    static func pixels(_ range: ActivationRange) -> [UInt8] {
        (0..<256).map { code in
            UInt8(value(range.scale * Float(code - Int(range.zeroPoint))).rounded(.toNearestOrEven))
        }
    }

    /// The pixel of a pre-activation, 0…255, not rounded.
    static func value(_ preactivation: Float) -> Float {
        127.5 * (tanhf(preactivation) + 1)
    }
}
