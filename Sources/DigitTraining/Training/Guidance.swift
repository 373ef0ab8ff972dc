import DigitModel

/// A remedy for mode collapse, added to the training of an unconditional model: what keeps G from drawing the same few
/// images.
package enum Guidance: String, Sendable, CaseIterable {
    case none
    /// A second discriminator looks at what a frozen encoder makes of the images: see `ManifoldGuide`.
    case manifold
    /// D is told how much the images of a batch differ: see `MinibatchDeviation`.
    case minibatchDeviation = "minibatch-deviation"

    /// Whether the model can be trained with it. A model whose every image is asked for by its label has no class to
    /// forget.
    package func suits(_ model: ModelName) -> Bool {
        self == .none || !model.architecture.isConditional
    }

    /// The guidances that suit the model, to be told to people.
    package static func names(for model: ModelName) -> String {
        allCases.filter { $0.suits(model) }.map(\.rawValue).joined(separator: ", ")
    }

    /// What a recipe says of it; nil for none.
    var summary: String? {
        switch self {
        case .none: nil
        case .manifold: "guided in the latent space of an autoencoder"
        case .minibatchDeviation: "minibatch standard deviation"
        }
    }
}
