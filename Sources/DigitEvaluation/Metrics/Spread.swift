import DigitTraining

/// The mean of several runs' figures and their sample standard deviation.
package struct Spread: Sendable, Equatable {
    package let mean: Double
    /// Nil for a single run.
    package let deviation: Double?

    /// - Parameter values: at least one.
    package init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(values.count)
        self.mean = mean
        deviation =
            values.count < 2
            ? nil
            : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    /// Such as `23.3 ± 0.6`; the mean alone for a single run.
    package func text(digits: Int) -> String {
        fixed(mean, digits: digits) + (deviation.map { " ± " + fixed($0, digits: digits) } ?? "")
    }
}
