import NeuralNetwork
import DigitModel

extension Recipe {
    /// The recipe of a model with what the user chose.
    ///
    /// `settings` must suit the model: see `Guidance.suits` and `ModelName.isPublished`.
    package static func standard(_ model: ModelName, _ settings: RunConfiguration.Settings) -> Recipe {
        let recipe =
            settings.isPublished == true
            ? published(model) : standard(model, guidance: settings.guidance ?? .none)
        return recipe.adjusted(settings)
    }

    /// The recipe with some of its numbers replaced.
    private func adjusted(_ settings: RunConfiguration.Settings) -> Recipe {
        var recipe = self
        recipe.epochs = settings.epochs ?? epochs
        recipe.batchSize = settings.batchSize ?? batchSize
        recipe.seed = settings.seed ?? seed
        recipe.precision = settings.precision ?? precision
        if let rate = settings.learningRate { recipe.schedule = schedule.withPeak(rate) }
        return recipe
    }

    /// The recipe in one line, complete: recipes that differ, but for the seed, have different summaries.
    package var summary: String {
        var parts = [
            "\(networks.summary): \(objective.summary)", "\(epochs) epochs of batches of \(batchSize)",
            "learning rate \(schedule.summary)", "Adam \(adam.beta1) \(adam.beta2) \(adam.epsilon)",
        ]
        if let guidance = guidance.summary { parts.append(guidance) }
        if guidance == .manifold, case .relativistic(let settings) = objective {
            parts.append("σ \(settings.guidePenaltyStep) there")
        }
        if let dropout = dropout.summary { parts.append("dropout \(dropout)") }
        if let averageDecay { parts.append("average of the generator's weights \(averageDecay)") }
        if precision != .float32 { parts.append("products in \(precision.rawValue)") }
        return parts.joined(separator: ", ")
    }
}

extension LearningRateSchedule {
    /// The highest rate.
    var peak: Float {
        switch self {
        case .constant(let rate): rate
        case .cosine(let peak, _, _): peak
        }
    }

    /// The schedule with another highest rate.
    func withPeak(_ rate: Float) -> LearningRateSchedule {
        switch self {
        case .constant: .constant(rate)
        case .cosine(_, let end, let hold): .cosine(peak: rate, end: min(end, rate), hold: hold)
        }
    }

    fileprivate var summary: String {
        switch self {
        case .constant(let rate): "\(rate)"
        case .cosine(let peak, let end, let hold):
            "\(peak), cosine decay to \(end) after \(hold) of all steps"
        }
    }
}

extension DropoutSchedule {
    fileprivate var summary: String? {
        switch self {
        case .none: nil
        case .constant(let rate): "\(rate)"
        case .step(let first, let last, let hold): "\(first), \(last) after \(hold) of all epochs"
        }
    }
}

extension Recipe.Networks {
    fileprivate var summary: String {
        switch self {
        case .shipped(let model): model.rawValue
        case .trial(let networks): networks.summary
        }
    }
}

extension Recipe.Objective {
    fileprivate var summary: String {
        switch self {
        case .binaryCrossEntropy(let form):
            return "binary cross-entropy (\(form == .minimax ? "minimax" : "non-saturating"))"
        case .wasserstein(let settings):
            return
                "Wasserstein distance, penalty on slopes with λ \(settings.penaltyStrength) "
                + "and h \(settings.penaltyStep)"
        case .relativistic(let settings):
            let text =
                "relativistic pairing, R1 and R2 with γ \(settings.penaltyStrength) and σ \(settings.penaltyStep)"
            guard let widths = settings.widths else { return text }
            let networks =
                text + ", auxiliary classifier \(settings.realClassWeight) and "
                + "\(settings.generatedClassWeight), discriminator \(widths.first)-\(widths.second)-"
                + "\(widths.third)-\(widths.features)"
            guard let style = settings.style else { return networks }
            let styled = networks + ", style \(style.realWeight) and \(style.generatedWeight)"
            guard let ink = settings.ink else { return styled }
            return styled + ", sources \(ModelName.ink.architecture.sourceRule.rawValue), finished "
                + "\(ink.finishedShare) of a batch from "
                + "\(ink.finishedStart)…\(ink.finishedWhole) of all steps, highest levels \(ink.highLevelWeight), "
                + "topology \(ink.topologyStrength), outside \(ink.outsideStrength)"
        }
    }
}
