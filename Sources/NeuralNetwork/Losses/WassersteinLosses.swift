/// The losses of a Wasserstein GAN (Arjovsky et al. 2017) on the scores of a critic D, which are not probabilities.
package enum Wasserstein {
    /// D's loss on real images, −D(x).
    package static func real(_ scores: Tensor) -> LossValue {
        LossValue.mean(over: scores) { (-scores.pointer[$0], -1) }
    }

    /// D's loss on generated images, D(G(z)).
    package static func generated(_ scores: Tensor) -> LossValue {
        LossValue.mean(over: scores) { (scores.pointer[$0], 1) }
    }

    /// G's loss, −D(G(z)).
    package static func generator(_ scores: Tensor) -> LossValue { real(scores) }
}

/// A penalty on slopes other than 1 (Gulrajani et al. 2017, "WGAN-GP"), without second derivatives:
/// λ · mean((s − 1)²) with s = (D(x + h·u) − D(x − h·u)) / 2h.
///
/// With u = ∇D(x) / ‖∇D(x)‖ the slope s tends to ‖∇D(x)‖ as h tends to 0, and so does its gradient with respect to D's
/// weights while u is held fixed: for ‖g‖ = u · g, and u cannot gain by turning.
package struct GradientPenalty: Sendable {
    /// λ, the penalty's weight.
    package let strength: Float
    /// h, half the length of the finite step.
    package let step: Float

    package init(strength: Float, step: Float) {
        self.strength = strength
        self.step = step
    }

    /// The penalty of D's scores at x + h·u and at x − h·u, with its gradient with respect to the former; that with
    /// respect to the latter is its negative.
    package func callAsFunction(ahead: Tensor, behind: Tensor) -> LossValue {
        LossValue.mean(over: ahead) { row in
            let excess = (ahead.pointer[row] - behind.pointer[row]) / (2 * step) - 1
            return (strength * excess * excess, strength * excess / step)
        }
    }
}
