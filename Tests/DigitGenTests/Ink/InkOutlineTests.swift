import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("Outlines of ink")
struct InkOutlineTests {
    private func outline(_ field: [Int], extent: Int = 40_000) -> InkOutline {
        InkOutline(InkField(field.map(Int32.init), stride: 28), extent: extent)
    }

    /// Levels 0 to 1 of the area that the outline encloses by the even-odd rule, (side, side).
    private func coverage(_ outline: InkOutline, extent: Int, side: Int) -> [Double] {
        let lines = 16
        let polygons = outline.loops.map { polygon($0).map { $0 * Double(side) / Double(extent) } }
        var pixels = [Double](repeating: 0, count: side * side)
        for line in 0..<side * lines {
            let y = (Double(line) + 0.5) / Double(lines)
            let crossings = polygons.flatMap { polygon in
                polygon.indices.compactMap { index -> Double? in
                    let (a, b) = (polygon[index], polygon[(index + 1) % polygon.count])
                    guard (a.y <= y) != (b.y <= y) else { return nil }
                    return a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)
                }
            }.sorted()
            #expect(crossings.count.isMultiple(of: 2), "loops should be closed")
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let (start, end) = (max(crossings[pair], 0), min(crossings[pair + 1], Double(side)))
                guard start < end else { continue }
                for x in Int(start)..<min(Int(end) + 1, side) {
                    let part = min(end, Double(x + 1)) - max(start, Double(x))
                    pixels[line / lines * side + x] += part / Double(lines)
                }
            }
        }
        return pixels
    }

    /// The corners of a fine polygon along a loop's curve.
    private func polygon(_ loop: [SIMD2<Int>]) -> [SIMD2<Double>] {
        let points = loop.map { SIMD2(Double($0.x), Double($0.y)) }
        return points.indices.flatMap { index in
            let vertex = points[index]
            let start = (points[(index + points.count - 1) % points.count] + vertex) / 2
            let end = (vertex + points[(index + 1) % points.count]) / 2
            return (0..<4).map { step in
                let t = Double(step) / 4
                return start * (1 - t) * (1 - t) + vertex * 2 * t * (1 - t) + end * t * t
            }
        }
    }

    /// Expects the area to be that of the drawn picture, and no pixel to differ by more than `tolerance`.
    private func expectDrawing(
        _ field: [Int], area: Double, tolerance: Double, _ comment: String
    ) {
        let side = 40
        var levels = [UInt8](repeating: 0, count: side * side)
        InkDrawing.draw(field.map(Int32.init), stride: 28, side: side, into: &levels)
        let drawn = levels.map { Double($0) / 255 }
        let outlined = coverage(outline(field), extent: 40_000, side: side)
        let (expected, found) = (drawn.reduce(0, +), outlined.reduce(0, +))
        #expect(abs(expected - found) <= area * expected + 0.1, "\(comment): \(expected), \(found)")
        let worst = zip(drawn, outlined).map { abs($0 - $1) }.max()!
        #expect(worst < tolerance, "\(comment)")
    }

    @Test("the enclosed area is that of the drawn ink, for strokes of every width and place")
    func strokes() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(6, full: 60) {
            func place(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
            let (x, y, radius) = (place(4...24), place(4...24), place(2...12))
            let width = place(0.8...3)
            let field = (0..<784).map { index in
                let (dx, dy) = (Double(index % 28) - x, Double(index / 28) - y)
                return Int((width - abs((dx * dx + dy * dy).squareRoot() - radius)) * 20_000)
            }
            // Splines leave little of a hole that is less than a pixel wide, and the lattice has few points in that.
            let tolerance = (0..<1).contains(radius - width) ? 0.3 : 0.12
            expectDrawing(field, area: 0.02, tolerance: tolerance, "seed \(seed), round \(round)")
        }
    }

    @Test("loops are closed and apart for random fields, also along the edges")
    func random() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(4, full: 40) {
            let bias = Int.random(in: -300_000...500_000, using: &random)
            let field = (0..<784).map { _ in Int.random(in: -600_000...600_000, using: &random) + bias }
            // Some specks fall between the points of the lattice.
            expectDrawing(field, area: 0.06, tolerance: 0.3, "seed \(seed), round \(round)")
        }
    }

    @Test("without ink there are no loops, and a field of ink is one")
    func extremes() {
        #expect(outline([Int](repeating: -5, count: 784)).loops == [])
        #expect(outline([Int](repeating: 0, count: 784)).loops == [])
        #expect(outline([Int](repeating: 5, count: 784)).loops.count == 1)
    }

    @Test("a hole is a loop of its own")
    func holes() {
        let ring = (0..<784).map { index in
            let (x, y) = (index % 28 - 14, index / 28 - 14)
            return 40 - abs(x * x + y * y - 70)
        }
        #expect(outline(ring).loops.count == 2)
    }

    @Test("a larger extent gives the same loops in finer units, all even")
    func extents() {
        let field = (0..<784).map { abs($0 % 28 - 14) + abs($0 / 28 - 14) < 9 ? 1000 : -777 }
        let (coarse, fine) = (outline(field), outline(field, extent: 400_000))
        #expect(coarse.loops.map(\.count) == fine.loops.map(\.count))
        for (vertex, detail) in zip(coarse.loops.joined(), fine.loops.joined()) {
            #expect(vertex.x % 2 == 0 && vertex.y % 2 == 0)
            #expect(abs(10 * vertex.x - detail.x) <= 10 && abs(10 * vertex.y - detail.y) <= 10)
        }
    }

    @Test("the same keys give the same outlines on every tier and any number of threads")
    func threads() throws {
        let bundle = try Bundle(compressed: SampleBundle.encodedInk())
        let keys = (0..<20).map { ImageKey(seed: 1, index: UInt64($0), label: 7) }
        let first = try DigitGenerator(bundle, tier: KernelTier.available[0])
        let expected = first.outlines(keys, extent: 28_000)
        #expect(expected.contains { !$0.loops.isEmpty })
        for tier in KernelTier.available {
            let generator = try DigitGenerator(bundle, tier: tier)
            #expect(generator.outlines(keys, extent: 28_000, threads: 3) == expected, "tier \(tier.name)")
        }
    }
}
