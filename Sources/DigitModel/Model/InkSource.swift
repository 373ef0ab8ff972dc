/// The scan that an ink generator's field is taken for before it is finished as MNIST's digits were: the pixels along a
/// side of the square around its ink, and how gray levels are rounded.
///
/// MNIST's levels of gray tell the size of NIST's scans, for it decides how many source pixels, and of which parts,
/// make a pixel. It differs from digit to digit, so it depends on the latent as if by chance.
package struct InkSource: Sendable, Equatable {
    /// How sources follow from latents.
    package enum Rule: String, Sendable {
        /// Sizes that have nothing to do with the digit, levels rounded to the nearest: the one of bundles that do not
        /// tell.
        case independent
        /// Sizes as MNIST's digits with as much ink have them, levels rounded down as theirs are.
        case measured
    }

    /// The sizes, in pixels.
    package static let sizes = 20...64
    /// The unit of `base`, and of what `slope` takes off: 2^-16 of a pixel.
    private static let unit = 65_536.0

    /// The size of a digit without ink.
    package let base: Int32
    /// By how much the size falls for each unit of the ink's area: see `area(count:side:)`.
    package let slope: Int32
    /// True if levels are rounded down, not to the nearest.
    package let roundsDown: Bool
    /// Bit i is 1 if levels end at 254 with `sizes.lowerBound + i` pixels.
    package let lowered: UInt64

    /// Pictures as of scans of one size, whatever the ink's area.
    package init(size: Int, roundsDown: Bool = false, lowered: Bool = false) {
        precondition(InkSource.sizes.contains(size))
        self.init(
            base: Int32(size) << 16, slope: 0, roundsDown: roundsDown, lowered: lowered ? .max : 0)
    }

    private init(base: Int32, slope: Int32, roundsDown: Bool, lowered: UInt64) {
        self.base = base
        self.slope = slope
        self.roundsDown = roundsDown
        self.lowered = lowered
    }

    /// The source of a digit's latent.
    package init(codes: UnsafeBufferPointer<UInt8>, digit: UInt8, rule: Rule) {
        var (sum, weightedSum) = (0, 0)
        for (index, code) in codes.enumerated() {
            sum += Int(code)
            weightedSum += (2 * index + 1) * Int(code)
        }
        switch rule {
        case .independent:
            self.init(size: Int(InkSource.mixture[sum % InkSource.mixture.count]))
        case .measured:
            let line = InkSource.lines[Int(digit) % InkSource.lines.count]
            let deviations = InkSource.deviations[sum % InkSource.deviations.count]
            self.init(
                base: Int32(((line.base + InkSource.deviation * deviations) * InkSource.unit).rounded()),
                slope: Int32((line.slope / InkSource.areaUnits * InkSource.unit).rounded()), roundsDown: true,
                lowered: InkSource.lowered(chance: UInt8(truncatingIfNeeded: weightedSum)))
        }
    }

    /// The size of a digit whose ink has this area.
    package func size(area: Int) -> Int {
        let size = (Int(base) - Int(slope) * area + 1 << 15) >> 16
        let bounds = InkSource.sizes
        // Folded back, so that the greatest is no more common than those near it.
        return max(min(size, 2 * bounds.upperBound - size), bounds.lowerBound)
    }

    /// Whether levels end at 254.
    package func isLowered(size: Int) -> Bool { lowered >> (size - InkSource.sizes.lowerBound) & 1 != 0 }

    /// The area of ink that covers `count` of the points in its square, `side` along a side, in sixteenths of a pixel
    /// of a box of 20 × 20.
    package static func area(count: Int, side: Int) -> Int { count * 6_400 / (side * side) }

    private static let areaUnits = 16.0
}

// MARK: Sizes and levels of NIST's scans

extension InkSource {
    /// Sizes in the proportions in which, mixed, they give the histogram of the levels of MNIST's images where levels
    /// are rounded to the nearest.
    private static let mixture: [UInt8] = [
        26, 28, 30, 32, 32, 32, 32, 32, 32, 32, 34, 34, 36, 36, 36, 42, 42, 44, 44, 44, 44, 44, 44, 44, 44,
        44, 46, 46, 54, 54, 56, 56,
    ]

    /// The mean size of each digit's scans is `base` − `slope` · the pixels that its ink covers of 20 × 20: a pen is as
    /// wide in large digits as in small ones.
    ///
    /// The size of each of MNIST's training digits was estimated by finishing its outline again at all sizes. The
    /// distribution of what is true follows from that of the estimates by expectation maximization, for the errors are
    /// known from pictures whose sizes are; eighths of a digit by area lie on these lines within 2 pixels.
    private static let lines: [(base: Double, slope: Double)] = [
        (65.92, 0.1785), (62.84, 0.3135), (62.56, 0.1445), (63.06, 0.1428), (67.41, 0.1885),
        (65.55, 0.1593), (67.08, 0.1804), (65.78, 0.2102), (68.34, 0.1595), (70.58, 0.2003),
    ]

    /// The deviation of sizes from the line, in pixels.
    private static let deviation = 8.6

    /// Equally likely normal deviations: the quantiles of the middles of 64 equal parts.
    private static let deviations: [Double] = upperDeviations.reversed().map { -$0 } + upperDeviations
    private static let upperDeviations: [Double] = [
        0.020, 0.059, 0.098, 0.138, 0.177, 0.217, 0.257, 0.298, 0.339, 0.381, 0.424, 0.467, 0.511, 0.556,
        0.602, 0.650, 0.699, 0.750, 0.803, 0.858, 0.917, 0.978, 1.043, 1.113, 1.189, 1.273, 1.366, 1.473,
        1.601, 1.762, 1.987, 2.418,
    ]

    /// The part in 256 of MNIST's digits, by the size of their scan, whose greatest level is 254: the arithmetic of
    /// their preprocessing lost a bit there.
    private static let loweredChances: [(size: Int, chance: UInt8)] = [
        (22, 26), (23, 28), (27, 28), (29, 26), (37, 96), (39, 70), (41, 66), (42, 96), (47, 50), (51, 132),
        (53, 48), (57, 72), (59, 28), (61, 60),
    ]

    private static func lowered(chance: UInt8) -> UInt64 {
        loweredChances.reduce(0) { bits, entry in
            chance < entry.chance ? bits | 1 << UInt64(entry.size - sizes.lowerBound) : bits
        }
    }
}
