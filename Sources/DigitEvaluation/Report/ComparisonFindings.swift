import DigitTraining
import Platform
import DigitModel

/// What a comparison's figures say, in sentences. Each is there because of the figures, with them in it.
struct ComparisonFindings {
    let models: [ComparedModel]
    let real: Evaluation.Row

    var sentences: [String] {
        [nearest, distances, control, convolutions, conditions, spread, losses, time, memory].compactMap {
            $0
        }
    }

    private var realDistance: Double { real.quality.frechetDistance }

    private var ranked: [ComparedModel] {
        models.sorted { $0.metrics.frechetDistance < $1.metrics.frechetDistance }
    }

    private func model(_ name: ModelName) -> ComparedModel? { models.first { $0.name == name } }

    /// The best model, and how far it is from real digits.
    private var nearest: String? {
        guard let best = ranked.first else { return nil }
        let ratio = best.metrics.frechetDistance / realDistance
        let verdict =
            ratio < 1.1
            ? "as near as other real digits are"
            : "\(fixed(ratio, digits: 1)) times as far as other real digits"
        return
            "\(best.name.rawValue) comes nearest to real digits: its Fréchet distance to the test images is "
            + "\(fixed(best.metrics.frechetDistance, digits: 3)), \(verdict) "
            + "(\(fixed(realDistance, digits: 3)) for training images)."
    }

    /// The others, in order.
    private var distances: String? {
        guard ranked.count > 1, let best = ranked.first else { return nil }
        let others = ranked.dropFirst().map { model in
            let ratio = model.metrics.frechetDistance / best.metrics.frechetDistance
            return "\(model.name.rawValue) (\(fixed(ratio, digits: 1)) times its distance)"
        }
        return "After it \(others.count == 1 ? "comes" : "come") \(list(others))."
    }

    /// Whether a digit that was asked for is drawn.
    private var control: String? {
        let told = models.compactMap { model in model.metrics.labelAccuracy.map { (model, $0) } }
            .sorted { $0.1 > $1.1 }
        guard let limit = real.quality.labelAccuracy, !told.isEmpty else { return nil }
        let parts = told.map { model, accuracy in
            let worst = model.metrics.worstClassAccuracy.map {
                ", \(percent($0, digits: 1)) for its worst digit"
            }
            return "\(model.name.rawValue) in \(percent(accuracy, digits: 1))\(worst ?? "")"
        }
        return "Asked for a digit, it is recognised as that digit: \(parts.joined(separator: "; ")). "
            + "Real digits are in \(percent(limit, digits: 1)). A model that cannot be asked has no such figure."
    }

    /// What convolutions change: each model against the one without them.
    private var convolutions: String? {
        change("Convolutions", from: [(.gan, .dcgan), (.cgan, .cdcgan)])
    }

    /// What labels change.
    private var conditions: String? {
        change("Labels", from: [(.gan, .cgan), (.dcgan, .cdcgan)])
    }

    private func change(_ what: String, from pairs: [(ModelName, ModelName)]) -> String? {
        let parts = pairs.compactMap { before, after -> String? in
            guard let before = model(before), let after = model(after) else { return nil }
            let ratio = before.metrics.frechetDistance / after.metrics.frechetDistance
            let names = "from \(before.name.rawValue) to \(after.name.rawValue)"
            return ratio >= 1
                ? "\(names) the distance falls \(fixed(ratio, digits: 1))-fold"
                : "\(names) it rises \(fixed(1 / ratio, digits: 1))-fold"
        }
        return parts.isEmpty
            ? nil : "\(what) change this: \(list(parts)). Recipes differ, too: see the settings."
    }

    /// Precision and recall: clear digits, and all kinds of them.
    private var spread: String? {
        guard let clear = models.max(by: { $0.metrics.precision < $1.metrics.precision }),
            let wide = models.max(by: { $0.metrics.recall < $1.metrics.recall }),
            let narrow = models.min(by: { $0.metrics.recall < $1.metrics.recall }), models.count > 1
        else { return nil }
        return
            "The clearest digits are \(clear.name.rawValue)'s (precision \(fixed(clear.metrics.precision, digits: 3)), "
            + "real ones \(fixed(real.quality.precision, digits: 3))); the most varied \(wide.name.rawValue)'s "
            + "(recall \(fixed(wide.metrics.recall, digits: 3)), real ones \(fixed(real.quality.recall, digits: 3))), "
            + "the least varied \(narrow.name.rawValue)'s (\(fixed(narrow.metrics.recall, digits: 3)))."
    }

    /// How the two networks stood at the end. For cross-entropy 2 ln 2 is where D can only guess.
    private var losses: String? {
        let guess = 2 * log(2.0)
        let parts = models.compactMap { model -> String? in
            guard let run = model.run, let last = run.epochs.last, run.configuration.isCrossEntropy else {
                return nil
            }
            let loss = Double(last.discriminatorLoss)
            let trend =
                run.epochs.count > 1 && last.generatorLoss > run.epochs[run.epochs.count / 2].generatorLoss
                ? "and G's is rising" : "and G's is not rising any more"
            return "\(model.name.rawValue)'s D_loss ends at \(fixed(loss, digits: 2)), "
                + "\(percent(loss / guess)) of what guessing gives, \(trend)"
        }
        return parts.isEmpty
            ? nil : "\(parts.joined(separator: "; ")). Guessing gives 2 ln 2 = \(fixed(guess, digits: 2))."
    }

    private var time: String? {
        let timed = models.compactMap { model in model.trainingSeconds.map { (model.name.rawValue, $0) } }
            .sorted { $0.1 < $1.1 }
        guard timed.count > 1, let first = timed.first, let last = timed.last else { return nil }
        return
            "Training took from \(Self.minutes(first.1)) (\(first.0)) to \(Self.minutes(last.1)) (\(last.0))."
    }

    private var memory: String? {
        let copied = models.compactMap { model in model.metrics.copiedShare.map { (model.name.rawValue, $0) }
        }
        guard let worst = copied.max(by: { $0.1 < $1.1 }), let limit = real.quality.copiedShare else {
            return nil
        }
        return worst.1 > limit + 0.005
            ? "\(worst.0) repeats training images: \(percent(worst.1, digits: 1)) of its digits are all but copies, "
                + "among real digits \(percent(limit, digits: 1))."
            : "None repeats training images more than real digits repeat each other: at most "
                + "\(percent(worst.1, digits: 1)) are all but copies (\(worst.0)), among real digits "
                + "\(percent(limit, digits: 1))."
    }

    static func minutes(_ seconds: Double) -> String {
        seconds < 90 ? "\(Int(seconds.rounded())) s" : "\(Int((seconds / 60).rounded())) min"
    }

    private func list(_ parts: [String]) -> String {
        parts.count < 2
            ? parts.joined() : parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    }
}

extension RunConfiguration {
    /// Whether D and G were trained by binary cross-entropy, so that losses have a common scale.
    var isCrossEntropy: Bool {
        let recipe = Recipe.standard(model, guidance: guidance)
        return if case .binaryCrossEntropy = recipe.objective { true } else { false }
    }
}
