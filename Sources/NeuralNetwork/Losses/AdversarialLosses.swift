import Platform

/// The losses of the original GAN (Goodfellow et al. 2014) on logits l, where D(x) = sigmoid(l).
package enum BinaryCrossEntropy {
    /// D's loss on real images, −log D(x).
    package static func real(_ logits: Tensor) -> LossValue {
        LossValue.mean(over: logits) { (softplus(-logits.pointer[$0]), -sigmoid(-logits.pointer[$0])) }
    }

    /// D's loss on generated images, −log(1 − D(G(z))).
    package static func generated(_ logits: Tensor) -> LossValue {
        LossValue.mean(over: logits) { (softplus(logits.pointer[$0]), sigmoid(logits.pointer[$0])) }
    }

    /// The form of the generator's loss.
    package enum GeneratorForm: String, Sendable, CaseIterable {
        /// log(1 − D(G(z))): equations (1) and (2) of Qin and Shan 2021 as written.
        case minimax
        /// −log D(G(z)): the same fixed point, with a gradient that does not vanish while D wins.
        case nonSaturating
    }

    /// G's loss on D's logits of generated images.
    package static func generator(_ logits: Tensor, form: GeneratorForm) -> LossValue {
        switch form {
        case .nonSaturating: real(logits)
        case .minimax:
            LossValue.mean(over: logits) { (-softplus(logits.pointer[$0]), -sigmoid(logits.pointer[$0])) }
        }
    }
}

/// The relativistic pairing loss (Jolicoeur-Martineau 2018; Huang et al. 2024, "R3GAN") on the scores of real
/// and generated images paired row by row under the same labels.
package enum RelativisticPairing {
    /// D's loss: softplus(−(D(x) − D(G(z)))); gradients with respect to both scores.
    package static func discriminator(real: Tensor, generated: Tensor) -> (
        real: LossValue, generated: LossValue
    ) {
        let towardsReal = LossValue.mean(over: real) { row in
            let margin = real.pointer[row] - generated.pointer[row]
            return (softplus(-margin), -sigmoid(-margin))
        }
        let gradient = Tensor(uninitialized: generated.shape)
        for row in 0..<gradient.count { gradient.pointer[row] = -towardsReal.gradient.pointer[row] }
        return (towardsReal, LossValue(value: towardsReal.value, gradient: gradient))
    }

    /// D's loss with R1 and R2, and its gradient with respect to all scores.
    ///
    /// - Parameter scores: [4 N, 1]: of real images, of generated ones, and of both displaced (see
    ///   `FiniteDifferencePenalty.displaced`), N each.
    package static func discriminator(_ scores: Tensor, penalty: FiniteDifferencePenalty) -> LossValue {
        let count = scores.batch / 4
        let parts = (0..<4).map { scores.rows($0 * count..<($0 + 1) * count) }
        let pairing = discriminator(real: parts[0], generated: parts[1])
        let penalties = [
            penalty(scores: parts[0], displaced: parts[2]), penalty(scores: parts[1], displaced: parts[3]),
        ]
        let gradient = Tensor.concatenated(
            [pairing.real.gradient, pairing.generated.gradient] + penalties.map(\.gradient))
        for row in 0..<2 * count { gradient.pointer[row] -= gradient.pointer[2 * count + row] }
        return LossValue(
            value: pairing.real.value + penalties[0].value + penalties[1].value, gradient: gradient)
    }

    /// G's loss: softplus(−(D(G(z)) − D(x))); gradient with respect to the generated images' scores.
    package static func generator(real: Tensor, generated: Tensor) -> LossValue {
        LossValue.mean(over: generated) { row in
            let margin = generated.pointer[row] - real.pointer[row]
            return (softplus(-margin), -sigmoid(-margin))
        }
    }
}

/// A zero-centred gradient penalty (Mescheder et al. 2018; R1 on real images, R2 on generated ones) without
/// second derivatives: γ/2 · mean((D(x) − D(x + σn))²) / σ² with n standard normal, whose expectation tends to
/// γ/2 · mean ‖∇D(x)‖² as σ tends to 0.
package struct FiniteDifferencePenalty: Sendable {
    /// γ, the penalty's weight.
    package let strength: Float
    /// σ, the length of the finite step per pixel, in units of the image's range −1…1.
    package let step: Float

    private static let noise = NormalQuantiles(count: 4096)

    package init(strength: Float, step: Float) {
        self.strength = strength
        self.step = step
    }

    /// x + σn.
    package func displaced(_ images: Tensor, random: inout RandomSource) -> Tensor {
        let result = Tensor(uninitialized: images.shape)
        random.fillNormal(result.pointer, count: result.count, scale: step, quantiles: Self.noise)
        result.add(images)
        return result
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
