/// Whether a generator leaves out part of what it learnt from, by two stated thresholds.
package struct ModeCollapse: Sendable, Equatable {
    /// A digit rarer than this among the generated ones counts as lost (an even share is 0.1).
    package static let leastClassShare = 0.05
    /// Features that spread less than this share of real digits' spread count as collapsed.
    package static let leastDiversity = 0.7

    /// The digits whose share is below the threshold.
    package let lostClasses: [Int]
    /// Whether the digits within classes are too alike.
    package let lacksDiversity: Bool

    package init(classShares: [Double], withinClassDiversity: Double) {
        lostClasses = classShares.indices.filter { classShares[$0] < ModeCollapse.leastClassShare }
        lacksDiversity = withinClassDiversity < ModeCollapse.leastDiversity
    }

    package init(_ metrics: QualityMetrics) {
        self.init(classShares: metrics.classShares, withinClassDiversity: metrics.withinClassDiversity)
    }

    package var isCollapsed: Bool { !lostClasses.isEmpty || lacksDiversity }
}
