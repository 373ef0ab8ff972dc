import DigitModel
import NeuralNetwork

/// A remedy for mode collapse in the training of an unconditional model.
package enum Guidance: String, Sendable, CaseIterable {
    /// No remedy.
    case none
    /// A second discriminator sees the images through a frozen encoder: see `ManifoldGuide`.
    case manifold
    /// D sees how much the images of a batch differ: see `MinibatchDeviation`.
    case minibatchDeviation = "minibatch-deviation"
    /// D judges two images at once: see `PackedDiscriminator`.
    case packing
    /// G learns against the D that would answer it: see `UnrolledStep`.
    case unrolling
    /// D estimates a distance, with slopes held at 1: see `WassersteinStep`.
    case wasserstein

    /// Returns true if the model can be trained with it. A conditional model cannot leave a class out.
    package func suits(_ model: ModelName) -> Bool {
        self == .none || !model.architecture.isConditional
    }

    /// The names of the guidances that suit the model, for messages.
    package static func names(for model: ModelName) -> String {
        allCases.filter { $0.suits(model) }.map(\.rawValue).joined(separator: ", ")
    }

    /// Returns true if its losses survive factors rounded to the precision: unrolling and Wasserstein take differences
    /// over steps that bfloat16 rounds away.
    package func suits(_ precision: Precision) -> Bool {
        switch self {
        case .none, .manifold, .minibatchDeviation, .packing: true
        case .unrolling, .wasserstein: precision == .float32
        }
    }

    /// Returns true if batches can be divided into what D judges at once.
    package func suits(batchSize: Int) -> Bool { batchSize % packing == 0 }

    /// The number of images that D judges at once.
    var packing: Int { self == .packing ? 2 : 1 }

    /// The guidance in a recipe's summary; nil for none, and for the one that is an objective.
    var summary: String? {
        switch self {
        case .none, .wasserstein: nil
        case .manifold: "guided in the latent space of an autoencoder by the same loss"
        case .minibatchDeviation: "minibatch standard deviation"
        case .packing: "discriminator of \(packing) images at once"
        case .unrolling: "discriminator unrolled by \(UnrolledStep.depth) steps"
        }
    }
}
