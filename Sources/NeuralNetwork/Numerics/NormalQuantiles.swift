import Platform

/// The standard normal distribution as a table of evenly spaced quantiles: cheap to sample, and bounded.
package struct NormalQuantiles: Sendable {
    /// `values[i]` = Φ⁻¹((i + ½) / count), in increasing order.
    package let values: [Float]

    package init(count: Int) {
        values = (0..<count).map { Float(NormalQuantiles.quantile((Double($0) + 0.5) / Double(count))) }
    }

    /// Φ⁻¹(p) for 0 < p < 1: bisection on the complementary error function, exact to float32.
    package static func quantile(_ probability: Double) -> Double {
        var low = -9.0
        var high = 9.0
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if erfc(-middle / 2.0.squareRoot()) / 2 < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
