import DigitModel
import DigitTraining

/// The advantages and disadvantages that are usually named of the paper's three models, each against the figures of
/// their published recipes.
struct ModelClaims {
    struct Claim: Equatable {
        let model: ModelName
        let isAdvantage: Bool
        let text: String
        /// Whether the figures bear it out; nil if they do not suffice to tell.
        let isConfirmed: Bool?
        let evidence: String
    }

    /// From this share of digits on that are what was asked for, a conditional model counts as obedient.
    static let leastAccuracy = 0.95
    /// Deviations of three seeds each that are equal in truth differ by this factor in one of twenty cases (F test of
    /// variances); of more seeds, more rarely.
    static let leastRatio = 19.0.squareRoot()

    private let comparison: PublishedComparison

    init(_ comparison: PublishedComparison) { self.comparison = comparison }

    /// The claims about models that have runs.
    var claims: [Claim] {
        [collapse(of: .gan), convolutions, steadiness, duration, obedience, labels, collapse(of: .cgan)]
            .compactMap { $0 }
    }

    private func group(_ model: ModelName) -> PublishedComparison.Group? {
        comparison.groups.first { $0.model == model }
    }

    private func collapse(of model: ModelName) -> Claim? {
        group(model).map { group in
            let findings = comparison.collapses(group)
            let lost = findings.count { !$0.lostClasses.isEmpty }
            let alike = findings.count(where: \.lacksDiversity)
            return Claim(
                model: model, isAdvantage: false, text: "its modes collapse", isConfirmed: lost + alike > 0,
                evidence:
                    "\(lost) of \(findings.count) runs hardly draw some digit, and in \(alike) the digits of a class "
                    + "are too alike")
        }
    }

    private var convolutions: Claim? {
        better(.dcgan, "convolutions draw better digits than dense layers")
    }

    private var labels: Claim? { better(.cgan, "labels make its digits better than gan's") }

    private func better(_ model: ModelName, _ text: String) -> Claim? {
        guard let mine = distance(model), let other = distance(.gan) else { return nil }
        // A difference within the spread of the seeds is none, and one seed each has no spread.
        let noise = [mine.deviation, other.deviation].compactMap { $0 }.max() ?? .infinity
        return Claim(
            model: model, isAdvantage: true, text: text,
            isConfirmed: abs(mine.mean - other.mean) <= noise ? nil : mine.mean < other.mean,
            evidence: "Fréchet distance \(mine.text(digits: 3)); gan: \(other.text(digits: 3))")
    }

    private func distance(_ model: ModelName) -> Spread? {
        group(model)?.spread { $0.quality.frechetDistance }
    }

    private var steadiness: Claim? {
        guard let mine = group(.dcgan), let other = group(.gan) else { return nil }
        guard let own = mine.relativeDeviation, let theirs = other.relativeDeviation else {
            return Claim(
                model: .dcgan, isAdvantage: true, text: "it trains more steadily than gan", isConfirmed: nil,
                evidence: "one seed does not tell")
        }
        let isTelling = max(own, theirs) >= Self.leastRatio * min(own, theirs)
        return Claim(
            model: .dcgan, isAdvantage: true, text: "it trains more steadily than gan",
            isConfirmed: isTelling ? own < theirs : nil,
            evidence: "seeds differ by \(percent(own)) in Fréchet distance; gan's by \(percent(theirs))")
    }

    private var duration: Claim? {
        guard let mine = seconds(.dcgan), let other = seconds(.gan) else { return nil }
        return Claim(
            model: .dcgan, isAdvantage: false, text: "an epoch of it takes longer than gan's",
            isConfirmed: haveOnePrecision ? mine.mean > other.mean : nil,
            evidence: "\(mine.text(digits: 0)) s an epoch; gan: \(other.text(digits: 0)) s"
                + (haveOnePrecision ? "" : ", in other precisions"))
    }

    /// Whether the runs of both models rounded alike, so that their times can be compared.
    private var haveOnePrecision: Bool {
        Set([ModelName.dcgan, .gan].compactMap(group).flatMap(\.runs).map(\.configuration.precision)).count
            == 1
    }

    /// Of an epoch.
    private func seconds(_ model: ModelName) -> Spread? {
        group(model).map { Spread($0.runs.map { $0.epochs.seconds / Double(max($0.epochs.count, 1)) }) }
    }

    private var obedience: Claim? {
        guard let accuracy = group(.cgan)?.spread({ $0.quality.labelAccuracy }) else { return nil }
        return Claim(
            model: .cgan, isAdvantage: true, text: "it draws the digit that is asked for",
            isConfirmed: accuracy.mean >= Self.leastAccuracy,
            evidence: "the judge reads \(percent(accuracy.mean, digits: 1)) as what was asked for")
    }
}

// MARK: HTML

extension ModelClaims {
    var html: HTML {
        """
        <h3>What is said of them</h3>
        <p>Advantages and disadvantages that are named of the three models, and what the runs as published say to each.</p>
        <div class="wide"><table>
        <tr><th>model</th><th class="words">it is said that</th><th>finding</th><th class="words">figures</th></tr>
        \(HTML(claims.map(row)))
        </table></div>
        """
    }

    private func row(_ claim: Claim) -> HTML {
        let finding =
            switch claim.isConfirmed {
            case true?: "confirmed"
            case false?: "refuted"
            case nil: "undecided"
            }
        return """
            <tr><td>\(claim.model.rawValue)</td>\
            <td class="words">\(claim.isAdvantage ? "+" : "−") \(claim.text)</td><td>\(finding)</td>\
            <td class="words">\(claim.evidence)</td></tr>
            """
    }
}
