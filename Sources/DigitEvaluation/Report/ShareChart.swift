import DigitTraining

/// The share of each digit among those drawn, as inline SVG, with an even share and the least that is no mode
/// collapse as lines.
struct ShareChart {
    /// Ten shares that add up to 1.
    let shares: [Double]
    let name: String

    private static let width = 320.0
    private static let height = 150.0
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
        let kind = shares[digit] < ModeCollapse.leastClassShare ? "lost" : "bar"
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
