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
        /// −log D(G(z)): the same fixed point, but a gradient that does not vanish while D wins.
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
