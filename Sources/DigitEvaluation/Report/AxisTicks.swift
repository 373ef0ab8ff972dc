import DigitTraining

/// Round numbers along an axis: 1, 2 or 5 times a power of ten apart.
struct AxisTicks: Equatable {
    let step: Double
    let values: [Double]
    /// Decimals that tell neighbouring ticks apart.
    let digits: Int

    /// Ticks from at or below `low` to at or above `high`, about `count` of them.
    init(from low: Double, to high: Double, about count: Int = 5) {
        let span = max(high - low, abs(high) * 1e-6, 1e-6)
        var power = 1.0
        var digits = 0
        let rough = span / Double(count)
        while power * 10 <= rough { power *= 10 }
        while power > rough {
            power /= 10
            digits += 1
        }
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? power * 10
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        self.step = step
        self.digits = step >= power * 9.99 ? max(0, digits - 1) : digits
        values = (0...Int(max(1, last - first))).map { (first + Double($0)) * step }
    }

    var low: Double { values[0] }
    var high: Double { values[values.count - 1] }

    func text(_ value: Double) -> String {
        fixed(value, digits: digits)
    }
}
