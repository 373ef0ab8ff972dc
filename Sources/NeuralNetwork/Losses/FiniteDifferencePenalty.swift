/// A zero-centred gradient penalty (Mescheder et al. 2018; R1 on real images, R2 on generated ones) without
/// second derivatives: γ/2 · mean((D(x) − D(x + σn))²) / σ² with n standard normal, whose expectation tends to
/// γ/2 · mean ‖∇D(x)‖² as σ tends to 0.
package struct FiniteDifferencePenalty: Sendable {
    /// γ, the penalty's weight.
    package let strength: Float
    /// σ, the length of the finite step per pixel, in units of the image's range −1…1.
    package let step: Float

    package init(strength: Float, step: Float) {
        self.strength = strength
        self.step = step
    }

    /// The penalty of D's scores at x and at x + σn, with its gradient with respect to the latter; that with
    /// respect to the former is its negative.
    package func callAsFunction(scores: Tensor, displaced: Tensor) -> LossValue {
        let factor = strength / (step * step)
        return LossValue.mean(over: displaced) { row in
            let difference = displaced.pointer[row] - scores.pointer[row]
            return (factor / 2 * difference * difference, factor * difference)
        }
    }
}
