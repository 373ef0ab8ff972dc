import Platform
import StrictJSON

/// What a sample counts as.
struct ModeSample: Equatable {
    /// 0..<the number of modes; nil for one of none.
    let mode: Int?
    /// Whether it looks like one of its mode.
    let isGood: Bool

    /// A point, which is good if it is of a mode.
    init(point mode: Int?) {
        self.mode = mode
        isGood = mode != nil
    }

    /// An image with a digit in each channel.
    ///
    /// Its mode is the number that the judge reads there, however unlike digits they are. It is good if each looks like
    /// a real one.
    init(digits: some Sequence<DigitVerdict>) {
        mode = digits.reduce(0) { 10 * $0 + Int($1.digit) }
        isGood = digits.allSatisfy(\.looksReal)
    }
}

/// What the judge takes an image for.
struct DigitVerdict: Equatable {
    let digit: UInt8
    /// Whether its features are among those of real digits. (How sure the judge is does not tell: it is of noise, too.)
    let looksReal: Bool
}

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
    /// The share of samples that look like one of their mode; without it, noise that happens to reach every mode would
    /// count as well as real samples.
    package let goodShare: Double

    /// Numbers that were counted before.
    init(reached: Int, divergence: Double, reverseDivergence: Double?, goodShare: Double) {
        self.reached = reached
        self.divergence = divergence
        self.reverseDivergence = reverseDivergence
        self.goodShare = goodShare
    }

    /// - Parameters:
    ///   - samples: at least one.
    ///   - count: M, the number of modes.
    init(_ samples: [ModeSample], count: Int) {
        var counts = [Int](repeating: 0, count: count)
        for case let mode? in samples.map(\.mode) { counts[mode] += 1 }
        let total = counts.reduce(0, +)
        reached = counts.count { $0 > 0 }
        goodShare = Double(samples.count(where: \.isGood)) / Double(samples.count)
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
