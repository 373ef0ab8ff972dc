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

    /// G's loss: softplus(−(D(G(z)) − D(x))); gradient with respect to the generated images' scores.
    package static func generator(real: Tensor, generated: Tensor) -> LossValue {
        LossValue.mean(over: generated) { row in
            let margin = generated.pointer[row] - real.pointer[row]
            return (softplus(-margin), -sigmoid(-margin))
        }
    }
}
