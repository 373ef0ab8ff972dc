import NeuralNetwork
import DigitTraining

/// A way of training whose modes are counted: networks, losses and remedy.
package enum ModeMethod: String, Sendable, CaseIterable {
    case gan
    case ganManifold = "gan-manifold"
    case ganDeviation = "gan-minibatch-deviation"
    case dcgan
    case dcganManifold = "dcgan-manifold"
    case dcganDeviation = "dcgan-minibatch-deviation"
    case relativistic

    /// The number of images in a pass: as many as Srivastava et al. 2017 train on.
    package static let imageCount = 128_000

    /// The recipe on stacked digits. Methods differ in what makes them up alone: the dense ones share their networks,
    /// so do the convolutional ones, and all see as many images in batches of 64, at a rate that falls along a cosine.
    package func recipe(epochs: Int, seed: UInt64) -> Recipe {
        var recipe = Recipe(
            networks: networks, objective: .binaryCrossEntropy(.nonSaturating), guidance: guidance,
            epochs: epochs, batchSize: 64, schedule: .cosine(peak: 2e-4, end: 1e-5, hold: 0.5),
            adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: 0.999,
            dropout: networks == .stacked(.dense) ? .constant(0.3) : .none, seed: seed)
        if self == .relativistic {
            var settings = RelativisticSettings()
            (settings.realClassWeight, settings.generatedClassWeight) = (0, 0)
            recipe.objective = .relativistic(settings)
            recipe.schedule = .cosine(peak: 1e-3, end: 1e-5, hold: 0.3)
            recipe.adam = Adam.Settings(beta1: 0, beta2: 0.99)
        }
        return recipe
    }

    private var networks: Recipe.Networks {
        switch self {
        case .gan, .ganManifold, .ganDeviation: .stacked(.dense)
        case .dcgan, .dcganManifold, .dcganDeviation, .relativistic: .stacked(.convolutional)
        }
    }

    private var guidance: Guidance {
        switch self {
        case .gan, .dcgan, .relativistic: .none
        case .ganManifold, .dcganManifold: .manifold
        case .ganDeviation, .dcganDeviation: .minibatchDeviation
        }
    }
}
