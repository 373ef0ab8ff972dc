import Platform

/// How alike the digits of one hand are: the part of a measure's variance that lies between hands, ICC(1) of Shrout and
/// Fleiss 1979, after each digit's mean over all hands is taken off.
///
/// 1 for hands whose ten digits all deviate alike, 0 for digits that know nothing of each other.
package struct IntraclassCorrelation: Equatable, Sendable {
    /// Of the slant in degrees.
    package var slant: Double
    /// Of the strokes' thickness.
    package var thickness: Double
    /// Of width over height.
    package var width: Double

    /// Those of the 536 writers of MNIST's training images with all ten digits, the first of each, by QMNIST's labels
    /// (Yadav and Bottou 2019).
    package static let people = IntraclassCorrelation(slant: 0.57, thickness: 0.67, width: 0.30)

    init(slant: Double, thickness: Double, width: Double) {
        self.slant = slant
        self.thickness = thickness
        self.width = width
    }

    /// - Parameters:
    ///   - measures: of the digits of one hand after the other.
    ///   - digits: of each hand, at least 2; there are at least 2 hands.
    package init(_ measures: [StyleMeasures], digits: Int) {
        precondition(digits > 1 && measures.count >= 2 * digits && measures.count % digits == 0)
        slant = Self.correlation(measures.map { Double(atan($0.slant)) * 180 / .pi }, digits: digits)
        thickness = Self.correlation(measures.map { Double($0.thickness) }, digits: digits)
        width = Self.correlation(measures.map { Double($0.width) }, digits: digits)
    }

    static func correlation(_ values: [Double], digits: Int) -> Double {
        let hands = values.count / digits
        var means = [Double](repeating: 0, count: digits)
        for (index, value) in values.enumerated() { means[index % digits] += value / Double(hands) }
        var (between, within) = (0.0, 0.0)
        for hand in 0..<hands {
            let deviations = (0..<digits).map { values[hand * digits + $0] - means[$0] }
            let mean = deviations.reduce(0, +) / Double(digits)
            between += Double(digits) * mean * mean
            within += deviations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        between /= Double(hands - 1)
        within /= Double(hands * (digits - 1))
        let total = between + Double(digits - 1) * within
        return total > 0 ? (between - within) / total : 0
    }
}
