import DigitModel
import NeuralNetwork

extension Recipe {
    /// The recipe of Qin and Shan 2021 for one of their three models: equation (1), and with labels (2), as written, at
    /// their rates, batch sizes and numbers of epochs, without an average of weights and without a schedule.
    ///
    /// What they leave open is as in `standard`: initialization and D's layers, with the dropout of `cgan`.
    ///
    /// - Parameter model: `gan`, `dcgan` or `cgan`; see `isPublished`.
    package static func published(_ model: ModelName, seed: UInt64 = 1) -> Recipe {
        precondition(model.isPublished, "\(model.rawValue) is none of the paper's models")
        let isConvolutional = model == .dcgan
        return Recipe(
            networks: .shipped(model), objective: .binaryCrossEntropy(.minimax),
            epochs: isConvolutional ? 20 : 100, batchSize: isConvolutional ? 256 : 100,
            schedule: .constant(2e-4), adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: nil,
            dropout: .constant(0.3), seed: seed)
    }
}

extension ModelName {
    /// Whether Qin and Shan 2021 train it.
    package var isPublished: Bool {
        switch self {
        case .gan, .dcgan, .cgan: true
        case .cdcgan, .ink: false
        }
    }
}
