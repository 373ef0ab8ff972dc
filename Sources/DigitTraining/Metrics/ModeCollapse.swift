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

    package init(classShares: [Double], withinClassDiversity: Double) {
        lostClasses = classShares.indices.filter { classShares[$0] < ModeCollapse.leastClassShare }
        diversity = withinClassDiversity
    }

    package init(_ metrics: QualityMetrics) {
        self.init(classShares: metrics.classShares, withinClassDiversity: metrics.withinClassDiversity)
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
