import NeuralNetwork
import DigitTraining

/// A way of training whose modes are counted: networks, losses and remedy.
package enum ModeMethod: String, Sendable, CaseIterable {
    case gan
    case ganManifold = "gan-manifold"
    case ganDeviation = "gan-minibatch-deviation"
    case ganPacking = "gan-packing"
    case ganUnrolling = "gan-unrolling"
    case ganWasserstein = "gan-wasserstein"
    case ganRelativistic = "gan-relativistic"
    case dcgan
    case dcganManifold = "dcgan-manifold"
    case dcganDeviation = "dcgan-minibatch-deviation"
    case dcganPacking = "dcgan-packing"
    case dcganUnrolling = "dcgan-unrolling"
    case dcganWasserstein = "dcgan-wasserstein"
    /// With the networks of `dcgan`.
    case relativistic

    /// The networks, which methods share, on sets of images.
    package var networks: TrialNetworks.Kind {
        switch self {
        case .gan, .ganManifold, .ganDeviation, .ganPacking, .ganUnrolling, .ganWasserstein,
            .ganRelativistic:
            .dense
        case .dcgan, .dcganManifold, .dcganDeviation, .dcganPacking, .dcganUnrolling, .dcganWasserstein,
            .relativistic:
            .convolutional
        }
    }

    private var guidance: Guidance {
        switch self {
        case .gan, .dcgan, .ganRelativistic, .relativistic: .none
        case .ganManifold, .dcganManifold: .manifold
        case .ganDeviation, .dcganDeviation: .minibatchDeviation
        case .ganPacking, .dcganPacking: .packing
        case .ganUnrolling, .dcganUnrolling: .unrolling
        case .ganWasserstein, .dcganWasserstein: .wasserstein
        }
    }

    private var isRelativistic: Bool {
        switch self {
        case .ganRelativistic, .relativistic, .ganManifold, .dcganManifold: true
        default: false
        }
    }

    /// The finite step of penalties on points, a quarter of a mode's deviation.
    private static let pointStep: Float = 0.003

    /// The recipe on a set. The dense methods share their generator, so do the convolutional ones, and all see as many
    /// samples in batches of one size, at a rate that falls along a cosine.
    ///
    /// A loss has what it needs besides: those with penalties have other moments of Adam, and a discriminator without
    /// dropout and batch normalization; relativistic ones have five times the rate on digits.
    ///
    /// - Parameter precision: of products, where the method's guidance suits it and the samples are digits: points lie
    ///   closer than bfloat16 can tell. Elsewhere it is float32.
    package func recipe(
        on set: ModeSet, epochs: Int, seed: UInt64, precision: Precision = .float32
    ) -> Recipe {
        var recipe = set.mixture == nil ? digits(set, epochs: epochs) : points(epochs: epochs)
        recipe.seed = seed
        if set.mixture == nil, guidance.suits(precision) { recipe.precision = precision }
        if isRelativistic { recipe = relativistic(recipe, on: set) }
        recipe = recipe.suited(to: guidance)
        if set.mixture != nil, case .wasserstein(var settings) = recipe.objective {
            // Weak, for slopes between modes are steep.
            (settings.penaltyStrength, settings.penaltyStep) = (0.1, ModeMethod.pointStep)
            recipe.objective = .wasserstein(settings)
        }
        return recipe
    }

    private func digits(_ set: ModeSet, epochs: Int) -> Recipe {
        Recipe(
            networks: .trial(set.networks(networks)), objective: .binaryCrossEntropy(.nonSaturating),
            epochs: epochs, batchSize: 64, schedule: .cosine(peak: 2e-4, end: 1e-5, hold: 0.5),
            adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: 0.999,
            dropout: networks == .dense && !isRelativistic ? .constant(0.3) : .none, seed: 0)
    }

    private func points(epochs: Int) -> Recipe {
        Recipe(
            networks: .trial(.points), objective: .binaryCrossEntropy(.nonSaturating), epochs: epochs,
            batchSize: 128, schedule: .cosine(peak: 1e-3, end: 1e-5, hold: 0.5),
            adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: nil, seed: 0)
    }

    private func relativistic(_ recipe: Recipe, on set: ModeSet) -> Recipe {
        var recipe = recipe
        var settings = RelativisticSettings.forPlainDiscriminator
        recipe.adam = Adam.Settings(beta1: 0, beta2: 0.99)
        if set.mixture != nil {
            (settings.penaltyStrength, settings.penaltyStep) = (0.2, ModeMethod.pointStep)
            settings.guidePenaltyStep = 2 * ModeMethod.pointStep
        } else {
            recipe.schedule = .cosine(peak: 1e-3, end: 1e-5, hold: 0.3)
        }
        recipe.objective = .relativistic(settings)
        return recipe
    }
}
