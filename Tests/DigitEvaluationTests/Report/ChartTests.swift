import NeuralNetwork
import Testing

@testable import DigitEvaluation

@Suite("Charts")
struct ChartTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("ticks are round, evenly apart, and hold all values between them")
    func ticks() {
        var random = RandomSource(seed: seed)
        for _ in 0..<300 {
            let size = Double(sign: .plus, exponent: Int.random(in: -8...16, using: &random), significand: 1)
            let low = Double.random(in: -1...1, using: &random) * size
            let high = low + Double.random(in: 0.001...1, using: &random) * size
            let ticks = AxisTicks(from: low, to: high)
            #expect(
                ticks.low <= low + ticks.step * 1e-6 && ticks.high >= high - ticks.step * 1e-6, "seed \(seed)"
            )
            #expect((2...9).contains(ticks.values.count), "\(low)…\(high): \(ticks.values), seed \(seed)")
            #expect(Set(ticks.values.map(ticks.text)).count == ticks.values.count, "\(ticks), seed \(seed)")
        }
        #expect(
            AxisTicks(from: 0, to: 2.3).values.map(AxisTicks(from: 0, to: 2.3).text) == [
                "0.0", "0.5", "1.0", "1.5", "2.0", "2.5",
            ])
        #expect(AxisTicks(from: 0, to: 100).values == [0, 20, 40, 60, 80, 100])
    }

    @Test("every point lies in the plot, later epochs to the right and larger values above")
    func points() {
        var random = RandomSource(seed: seed)
        let values = (0..<30).map { _ in Double.random(in: -2...9, using: &random) }
        let chart = LineChart(title: "t", series: [LineChart.Series(name: "a", values: values)])
        for (index, value) in values.enumerated() {
            let point = chart.point(epoch: index + 1, value: value)
            #expect((40...336).contains(point.x) && (12...180).contains(point.y), "seed \(seed)")
            if index > 0 { #expect(point.x > chart.point(epoch: index, value: value).x) }
            #expect(point.y > chart.point(epoch: index + 1, value: value + 0.1).y)
        }
        let source = chart.html.source
        #expect(source.contains("points=\"") && !source.contains("nan"))
    }

    @Test("losses that have grown beyond any whole number are drawn")
    func divergedLosses() {
        let values = [1, 1e20, Double(Float.greatestFiniteMagnitude), -1e30]
        let chart = LineChart(title: "t", series: [LineChart.Series(name: "a", values: values)])
        #expect((2...9).contains(chart.valueTicks.values.count))
        #expect(!chart.html.source.contains("nan") && !chart.html.source.contains("inf"))
    }

    @Test("what is not finite is left out of a line")
    func notFinite() {
        let chart = LineChart(
            title: "t", series: [LineChart.Series(name: "a", values: [1, .nan, .infinity, 2])])
        #expect(!chart.html.source.contains("nan") && !chart.html.source.contains("inf"))
    }

    @Test("a lost digit is drawn as such")
    func shares() {
        let shares = [0.02] + [Double](repeating: 0.98 / 9, count: 9)
        let chart = ShareChart(shares: shares, lost: [0], name: "m")
        #expect(chart.html.source.components(of: "class=\"lost\"") == 1)
        #expect(chart.html.source.components(of: "class=\"bar\"") == 9)
        #expect(chart.y(0.02) > chart.y(0.1))
    }

    @Test("text is escaped, markup is not")
    func escaping() {
        let text = "<b> & \"c\""
        let piece: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(
            piece.source == "<p title=\"&lt;b&gt; &amp; &quot;c&quot;\">&lt;b&gt; &amp; &quot;c&quot;</p>")
        let outer: HTML = "<div>\(piece)\(3) \(1.25)</div>"
        #expect(outer.source == "<div>\(piece.source)3 1.3</div>")
    }
}

extension String {
    /// How often a piece is in the text.
    func components(of piece: String) -> Int {
        guard !piece.isEmpty else { return 0 }
        var (count, rest) = (0, self[...])
        while let found = rest.range(ofPiece: piece) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}

extension Substring {
    fileprivate func range(ofPiece piece: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(piece) { return start..<index(start, offsetBy: piece.count) }
            start = index(after: start)
        }
        return nil
    }
}
