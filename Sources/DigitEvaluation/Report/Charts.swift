import DigitTraining

/// Values over epochs, as inline SVG. Colours are classes (`series-1`, `series-2`) of the report's style.
struct LineChart {
    struct Series: Equatable {
        let name: String
        /// The values after each epoch, from the first.
        let values: [Double]
    }

    let title: String
    let series: [Series]

    private static let width = 400.0
    private static let height = 220.0
    private static let left = 40.0
    private static let right = 64.0
    private static let top = 12.0
    private static let bottom = 40.0

    var epochs: Int { series.map(\.values.count).max() ?? 0 }

    private var finite: [Double] { series.flatMap(\.values).filter(\.isFinite) }

    var valueTicks: AxisTicks { AxisTicks(from: min(0, finite.min() ?? 0), to: finite.max() ?? 1) }

    /// The point of a value after an epoch (counted from 1).
    func point(epoch: Int, value: Double) -> (x: Double, y: Double) {
        let share = epochs > 1 ? Double(epoch - 1) / Double(epochs - 1) : 0.5
        let ticks = valueTicks
        let height = (value - ticks.low) / (ticks.high - ticks.low)
        return (
            Self.left + share * (Self.width - Self.left - Self.right),
            Self.height - Self.bottom - height * (Self.height - Self.top - Self.bottom)
        )
    }

    var html: HTML {
        let right = Self.width - Self.right
        return """
            <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(title)">
            \(HTML(valueTicks.values.map { grid($0, right: right) }))
            \(HTML(epochTicks.map(epochLabel)))
            <text class="axis" x="\((Self.left + right) / 2)" y="\(Self.height - 4)" text-anchor="middle">epoch</text>
            \(HTML(series.indices.map(line)))
            \(HTML(zip(series.indices, labelHeights).map(label)))
            </svg>
            """
    }

    private var epochTicks: [Int] {
        guard epochs > 1 else { return [1] }
        let step = max(1, Int(AxisTicks(from: 0, to: Double(epochs), about: 6).step))
        return [1] + stride(from: step, through: epochs, by: step).filter { $0 > 1 }
    }

    private func grid(_ value: Double, right: Double) -> HTML {
        let y = point(epoch: 1, value: value).y
        return """
            <line class="grid" x1="\(Self.left)" y1="\(y)" x2="\(right)" y2="\(y)"/>
            <text class="axis" x="\(Self.left - 6)" y="\(y + 4)" text-anchor="end">\(valueTicks.text(value))</text>
            """
    }

    private func epochLabel(_ epoch: Int) -> HTML {
        let x = point(epoch: epoch, value: 0).x
        return """
            <text class="axis" x="\(x)" y="\(Self.height - Self.bottom + 16)" text-anchor="middle">\(epoch)</text>
            """
    }

    private func line(_ index: Int) -> HTML {
        let points = series[index].values.enumerated().filter(\.element.isFinite).map { epoch, value in
            let point = point(epoch: epoch + 1, value: value)
            return "\(fixed(point.x, digits: 1)),\(fixed(point.y, digits: 1))"
        }
        return """
            <polyline class="line series-\(index + 1)" points="\(points.joined(separator: " "))"/>
            """
    }

    /// The height of each line's name: at the line's end, but clear of other names.
    private var labelHeights: [Double] {
        var heights = series.map { series in
            point(epoch: 1, value: series.values.last { $0.isFinite } ?? 0).y + 4
        }
        for index in heights.indices.dropFirst() {
            let distance = heights[index] - heights[index - 1]
            if abs(distance) < 15 { heights[index] = heights[index - 1] + (distance < 0 ? -15 : 15) }
        }
        return heights
    }

    private func label(_ index: Int, _ height: Double) -> HTML {
        """
        <text class="name series-\(index + 1)" x="\(Self.width - Self.right + 6)" y="\(height)">\(series[index].name)</text>
        """
    }
}

extension LineChart {
    /// The losses of both networks.
    init(lossesOf epochs: [CurvesFile.Epoch], title: String) {
        self.init(
            title: title,
            series: [
                Series(name: "G_loss", values: epochs.map { Double($0.generatorLoss) }),
                Series(name: "D_loss", values: epochs.map { Double($0.discriminatorLoss) }),
            ])
    }
}

/// The share of each digit among those drawn, as inline SVG, with an even share and the least that is no mode
/// collapse as lines.
struct ShareChart {
    /// Ten shares that add up to 1.
    let shares: [Double]
    /// The digits that count as lost.
    let lost: [Int]
    let name: String

    private static let width = 400.0
    private static let height = 170.0
    private static let left = 36.0
    private static let top = 8.0
    private static let bottom = 22.0

    private var ticks: AxisTicks { AxisTicks(from: 0, to: max(0.15, shares.max() ?? 0), about: 3) }

    func y(_ share: Double) -> Double {
        Self.height - Self.bottom - share / ticks.high * (Self.height - Self.top - Self.bottom)
    }

    var html: HTML {
        """
        <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="Share of each digit, \(name)">
        \(HTML(ticks.values.map(grid)))
        \(HTML(shares.indices.map(bar)))
        \(line(0.1, of: "even"))
        \(line(ModeCollapse.leastClassShare, of: "least"))
        </svg>
        """
    }

    private func grid(_ share: Double) -> HTML {
        """
        <line class="grid" x1="\(Self.left)" y1="\(y(share))" x2="\(Self.width)" y2="\(y(share))"/>
        <text class="axis" x="\(Self.left - 5)" y="\(y(share) + 4)" text-anchor="end">\(percent(share))</text>
        """
    }

    private func bar(_ digit: Int) -> HTML {
        let step = (Self.width - Self.left) / 10
        let x = Self.left + (Double(digit) + 0.15) * step
        let kind = lost.contains(digit) ? "lost" : "bar"
        return """
            <rect class="\(kind)" x="\(x)" y="\(y(shares[digit]))" width="\(0.7 * step)" \
            height="\(y(0) - y(shares[digit]))"><title>\(digit): \(percent(shares[digit], digits: 1))</title></rect>
            <text class="axis" x="\(x + 0.35 * step)" y="\(Self.height - 6)" text-anchor="middle">\(digit)</text>
            """
    }

    private func line(_ share: Double, of kind: HTML) -> HTML {
        """
        <line class="\(kind)" x1="\(Self.left)" y1="\(y(share))" x2="\(Self.width)" y2="\(y(share))"/>
        """
    }
}

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
