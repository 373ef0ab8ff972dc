import Platform

/// How a generator spreads over the thousand modes of Stacked MNIST (Metz et al. 2017, Srivastava et al. 2017).
package struct ModeCoverage: Sendable, Equatable {
    /// Kinds of images: three digits each.
    package static let modeCount = 1_000

    /// Modes that at least one image is of.
    package let reached: Int
    /// KL(p ‖ uniform) = Σ p[m] · ln(1000 · p[m]) in nats, p the shares of the images: 0 if all modes are equally
    /// frequent, ln 1000 = 6.91 if there is but one.
    ///
    /// Drawing alone makes it larger than 0: about 999 / 2N for N images of equally likely modes.
    package let divergence: Double

    /// - Parameter modes: of each image, 0…999; at least one.
    package init(modes: [Int]) {
        var counts = [Int](repeating: 0, count: ModeCoverage.modeCount)
        for mode in modes { counts[mode] += 1 }
        reached = counts.count { $0 > 0 }
        divergence = counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / Double(modes.count)
            return sum + share * log(share * Double(ModeCoverage.modeCount))
        }
    }
}
