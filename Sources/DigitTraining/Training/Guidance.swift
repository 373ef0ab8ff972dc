import DigitModel

/// A remedy for mode collapse in the training of an unconditional model.
package enum Guidance: String, Sendable, CaseIterable {
    case none
    /// A second discriminator sees the images through a frozen encoder: see `ManifoldGuide`.
    case manifold
    /// D is told how much the images of a batch differ: see `MinibatchDeviation`.
    case minibatchDeviation = "minibatch-deviation"

    /// Whether the model can be trained with it. A conditional model cannot leave a class out.
    package func suits(_ model: ModelName) -> Bool {
        self == .none || !model.architecture.isConditional
    }

    /// The names of the guidances that suit the model, for messages.
    package static func names(for model: ModelName) -> String {
        allCases.filter { $0.suits(model) }.map(\.rawValue).joined(separator: ", ")
    }

    /// The guidance in a recipe's summary; nil for none.
    var summary: String? {
        switch self {
        case .none: nil
        case .manifold: "guided in the latent space of an autoencoder"
        case .minibatchDeviation: "minibatch standard deviation"
        }
    }
}
