import NeuralNetwork
import DigitModel

/// All that determines a training run's result, besides the data and the number of threads.
package struct Recipe: Sendable, Equatable {
    /// The pair of networks that is trained.
    package enum Networks: Sendable, Equatable {
        /// The networks of a shipped model.
        case shipped(ModelName)
        /// Networks of the experiments on mode collapse.
        case trial(TrialNetworks)
    }

    /// The losses of both networks.
    package enum Objective: Sendable, Equatable {
        /// Equation (1), and with labels (2), of Qin and Shan 2021.
        case binaryCrossEntropy(BinaryCrossEntropy.GeneratorForm)
        /// The relativistic pairing loss with penalties and an auxiliary classifier.
        case relativistic(RelativisticSettings)
        /// The Wasserstein distance with a gradient penalty.
        case wasserstein(WassersteinSettings)
    }

    package var networks: Networks
    package var objective: Objective
    package var guidance: Guidance = .none
    package var epochs: Int
    package var batchSize: Int
    package var schedule: LearningRateSchedule
    package var adam: Adam.Settings
    /// The decay of the moving average of G's weights, which ships instead of them; nil for no average.
    package var averageDecay: Float?
    /// Of dropout after D's hidden layers; its rate changes between epochs.
    package var dropout = DropoutSchedule.none
    /// Of products in training, and in what a `Trainer` draws. `FinishedGenerator.load` draws in float32.
    package var precision = Precision.float32
    package var seed: UInt64

    package init(
        networks: Networks, objective: Objective, guidance: Guidance = .none, epochs: Int, batchSize: Int,
        schedule: LearningRateSchedule, adam: Adam.Settings, averageDecay: Float?,
        dropout: DropoutSchedule = .none, seed: UInt64
    ) {
        self.networks = networks
        self.objective = objective
        self.guidance = guidance
        self.epochs = epochs
        self.batchSize = batchSize
        self.schedule = schedule
        self.adam = adam
        self.averageDecay = averageDecay
        self.dropout = dropout
        self.seed = seed
    }

    /// The recipe of a model, with the numbers of Qin and Shan 2021 where they state them.
    ///
    /// `guidance` must suit the model. Minibatch deviation, packing and unrolling are remedies for cross-entropy, so
    /// they make `dcgan` train with it.
    package static func standard(
        _ model: ModelName, guidance: Guidance = .none, seed: UInt64 = 1
    ) -> Recipe {
        unguided(model, guidance: guidance, seed: seed).suited(to: guidance)
    }

    /// The recipe with what else a guidance changes: an objective of its own, and no dropout where D's passes, or the
    /// images of a batch in D, are compared.
    package func suited(to guidance: Guidance) -> Recipe {
        var recipe = self
        recipe.guidance = guidance
        switch guidance {
        case .none, .packing: break
        case .minibatchDeviation:
            // Dropout makes even equal images differ in what is compared.
            recipe.dropout = .none
        case .manifold:
            recipe.dropout = .none
            recipe.adam = Adam.Settings(beta1: 0, beta2: 0.99)
            if case .relativistic = objective { break }
            recipe.objective = .relativistic(.forPlainDiscriminator)
        case .unrolling:
            recipe.dropout = .none
        case .wasserstein:
            recipe.dropout = .none
            recipe.objective = .wasserstein(WassersteinSettings())
            recipe.adam = Adam.Settings(beta1: 0, beta2: 0.9)
        }
        return recipe
    }

    private static func unguided(_ model: ModelName, guidance: Guidance, seed: UInt64) -> Recipe {
        switch model {
        case .gan, .cgan:
            // Without labels, digits improve until the last epoch, and more dropout at the end evens out their
            // frequencies; with labels they have settled after half of the epochs.
            Recipe(
                networks: .shipped(model), objective: .binaryCrossEntropy(.nonSaturating),
                guidance: guidance, epochs: 100, batchSize: 100,
                schedule: model == .gan ? .constant(2e-4) : .cosine(peak: 2e-4, end: 1e-5, hold: 0.5),
                adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: 0.999,
                dropout: model == .gan ? .step(first: 0.3, last: 0.5, hold: 0.9) : .constant(0.3), seed: seed)
        case .dcgan where guidance == .none || guidance == .manifold:
            // 4,700 steps are few: hence a high rate, a short average, and a loss that gets further in each step than
            // cross-entropy.
            Recipe(
                networks: .shipped(model), objective: .relativistic(.forPlainDiscriminator), epochs: 20,
                batchSize: 256, schedule: .cosine(peak: 1e-3, end: 1e-5, hold: 0.5),
                adam: Adam.Settings(beta1: 0, beta2: 0.99), averageDecay: 0.995, seed: seed)
        case .dcgan:
            Recipe(
                networks: .shipped(model), objective: .binaryCrossEntropy(.nonSaturating),
                guidance: guidance, epochs: 20, batchSize: 256, schedule: .constant(2e-4),
                adam: Adam.Settings(beta1: 0.5, beta2: 0.999), averageDecay: 0.999, dropout: .constant(0.3),
                seed: seed)
        case .ink:
            Recipe(
                networks: .shipped(model), objective: .relativistic(.forInk), epochs: 45, batchSize: 128,
                schedule: .cosine(peak: 2e-3, end: 1e-5, hold: 0.3),
                adam: Adam.Settings(beta1: 0, beta2: 0.99), averageDecay: 0.999, seed: seed)
        case .cdcgan:
            Recipe(
                networks: .shipped(model), objective: .relativistic(RelativisticSettings()), epochs: 45,
                batchSize: 128,
                schedule: .cosine(peak: 2e-3, end: 1e-5, hold: 0.3),
                adam: Adam.Settings(beta1: 0, beta2: 0.99), averageDecay: 0.999, seed: seed)
        }
    }
}

/// Weights of the terms of the relativistic objective.
package struct RelativisticSettings: Sendable, Equatable {
    /// γ of R1 and R2.
    package var penaltyStrength: Float = 0.5
    /// σ of their finite differences.
    package var penaltyStep: Float = 0.05
    /// The same for coordinates of a `ManifoldGuide`, which have deviation 1.
    package var guidePenaltyStep: Float = 0.1
    /// Weight of the cross-entropy of real digits in D's loss.
    package var realClassWeight: Float = 0.5
    /// Weight of the cross-entropy of generated digits in G's loss.
    package var generatedClassWeight: Float = 0.1
    /// Of a discriminator that has them to choose; nil for `dcgan`'s.
    package var widths: ProjectionDiscriminator.Widths? = ProjectionDiscriminator.Widths()
    /// Of the style that digits are drawn in; nil for generators without one.
    package var style: StyleSettings?
    /// Of the ink that digits are drawn with; nil for generators of pixels.
    package var ink: InkSettings?

    package init() {}

    /// For `ink`: in a style, and D sees the highest levels enlarged.
    package static var forInk: RelativisticSettings {
        var settings = RelativisticSettings()
        settings.style = StyleSettings()
        settings.generatedClassWeight = 0.5
        settings.ink = InkSettings()
        return settings
    }

    /// For a discriminator that classifies nothing.
    package static var forPlainDiscriminator: RelativisticSettings {
        var settings = RelativisticSettings()
        (settings.realClassWeight, settings.generatedClassWeight) = (0, 0)
        settings.widths = nil
        return settings
    }
}

/// Weights of the terms that make a generator obey a style, beside D's projection on it.
///
/// They are small because a generator that begins under larger ones satisfies them with lattices of dots.
package struct StyleSettings: Sendable, Equatable {
    /// Weight of the squared error of D's regression on real digits, in D's loss.
    package var realWeight: Float = 0.02
    /// Weight of the same on generated digits, in G's loss.
    package var generatedWeight: Float = 0.01
}

/// How ink is trained: first by soft pictures, then more and more by finished ones.
package struct InkSettings: Sendable, Equatable {
    /// Weight of the highest levels in what D sees; see `HighLevelView`.
    package var highLevelWeight: Float = 0.25
    /// Finished pictures appear after this part (0…1) of training, …
    package var finishedStart: Float = 0.25
    /// … and have their full share of each batch after this part.
    package var finishedWhole: Float = 0.4
    /// The full share. The soft pictures that remain keep the field away from 0: it is there that strokes dissolve
    /// into dots.
    package var finishedShare: Float = 0.75
    /// Strength of `InkTopologyPenalty` at the end of training; it rises from 0 at `finishedStart`.
    package var topologyStrength: Float = 0.01
    /// Strength of the penalty on what is nearly ink outside of what a picture shows; see `InkFinishing`.
    package var outsideStrength: Float = 0.003

    /// The strength of the penalty at `progress`, 0 at the start of training and 1 at its end.
    func topologyStrength(at progress: Float) -> Float {
        topologyStrength * max(progress - finishedStart, 0) / (1 - finishedStart)
    }

    /// The share of finished pictures at `progress`.
    func finishedShare(at progress: Float) -> Float {
        finishedShare * min(max(progress - finishedStart, 0) / (finishedWhole - finishedStart), 1)
    }
}
