import Platform

/// 1 / (1 + e⁻ˣ), without overflow.
package func sigmoid(_ x: Float) -> Float {
    guard x >= 0 else {
        let power = expf(x)
        return power / (1 + power)
    }
    return 1 / (1 + expf(-x))
}

/// log(1 + eˣ), without overflow.
func softplus(_ x: Float) -> Float {
    max(x, 0) + log1pf(expf(-abs(x)))
}
