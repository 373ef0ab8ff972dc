import Platform
import StrictJSON

/// A generator's coverage of modes that real samples have equally often.
package struct ModeCoverage: Sendable, Equatable {
    /// Modes that at least one sample is of.
    package let reached: Int
    /// KL(p ‖ uniform) = Σ p[m] · ln(M · p[m]) in nats, p the shares of the samples that are of one of the M modes:
    /// 0 if all modes are equally frequent, ln M if there is but one.
    ///
    /// Drawing alone makes it larger than 0: about (M − 1) / 2N for N samples of equally likely modes.
    package let divergence: Double
    /// KL(uniform ‖ p), which weighs rare modes more; nil where one is missing, for it is infinite then.
    package let reverseDivergence: Double?
    /// The share of samples that are of a mode.
    package let goodShare: Double

    /// Numbers that were counted before.
    init(reached: Int, divergence: Double, reverseDivergence: Double?, goodShare: Double) {
        self.reached = reached
        self.divergence = divergence
        self.reverseDivergence = reverseDivergence
        self.goodShare = goodShare
    }

    /// - Parameters:
    ///   - modes: of each sample, 0..<count; nil for one that is of none. At least one.
    ///   - count: M, the number of modes.
    package init(modes: [Int?], count: Int) {
        var counts = [Int](repeating: 0, count: count)
        for case let mode? in modes { counts[mode] += 1 }
        let total = counts.reduce(0, +)
        reached = counts.count { $0 > 0 }
        goodShare = Double(total) / Double(modes.count)
        guard total > 0 else {
            (divergence, reverseDivergence) = (log(Double(count)), nil)
            return
        }
        let ratios = counts.map { Double($0) / Double(total) * Double(count) }
        divergence = ratios.reduce(0) { $1 > 0 ? $0 + $1 * log($1) / Double(count) : $0 }
        reverseDivergence =
            ratios.contains(0) ? nil : ratios.reduce(0) { $0 - log($1) / Double(count) }
    }
}

extension ModeCoverage {
    /// Its figures, under the names that files and tables have for them.
    var json: JSONObject {
        [
            "modes": .integer(reached), "kl": .double(divergence),
            "reverse_kl": reverseDivergence.map { .double($0) } ?? .null, "good_share": .double(goodShare),
        ]
    }
}
