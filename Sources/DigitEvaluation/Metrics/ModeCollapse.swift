import DigitTraining

/// Whether a generator leaves out part of what it learnt from, by two stated thresholds.
package struct ModeCollapse: Sendable, Equatable {
    /// A digit rarer than this among the generated ones counts as lost (an even share is 0.1).
    package static let leastClassShare = 0.05
    /// Features that spread less than this share of real digits' spread count as collapsed.
    package static let leastDiversity = 0.7

    /// The digits whose share is below the threshold.
    package let lostClasses: [Int]
    /// How far features within classes spread, relative to real digits'.
    package let diversity: Double
    /// Whether the digits within classes are too alike.
    package var lacksDiversity: Bool { diversity < ModeCollapse.leastDiversity }

    /// - Parameter realShares: the same of real digits; those that are as rare among them are not missed.
    package init(classShares: [Double], realShares: [Double]? = nil, withinClassDiversity: Double) {
        func isRare(_ share: Double) -> Bool { share < ModeCollapse.leastClassShare }
        lostClasses = classShares.indices.filter { digit in
            isRare(classShares[digit]) && !(realShares.map { isRare($0[digit]) } ?? false)
        }
        diversity = withinClassDiversity
    }

    package init(_ metrics: QualityMetrics, real: QualityMetrics) {
        self.init(
            classShares: metrics.classShares, realShares: real.classShares,
            withinClassDiversity: metrics.withinClassDiversity)
    }

    /// What was found, a line each; none if all is well.
    package var warnings: [String] {
        var lines: [String] = []
        if !lostClasses.isEmpty {
            lines.append(
                "warning: mode collapse: of \(lostClasses.map(String.init).joined(separator: ", ")) "
                    + "there are fewer than \(percent(ModeCollapse.leastClassShare))")
        }
        if lacksDiversity {
            lines.append(
                "warning: mode collapse: digits of a class are too alike: their features spread "
                    + "\(percent(diversity)) as far as real ones', below \(percent(ModeCollapse.leastDiversity))"
            )
        }
        return lines
    }
}
