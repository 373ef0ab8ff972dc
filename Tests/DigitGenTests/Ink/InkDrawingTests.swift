import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("Drawing of ink")
struct InkDrawingTests {
    private func picture(_ field: [Int], side: Int) -> [UInt8] {
        var pixels = [UInt8](repeating: 1, count: side * side)
        InkDrawing.draw(field.map(Int32.init), stride: 28, side: side, into: &pixels)
        return pixels
    }

    /// A ring, or a disc where the width exceeds the radius, with a slope of `slope` a pixel at its edge.
    private func ring(x: Double, y: Double, radius: Double, width: Double, slope: Double = 20_000) -> [Int] {
        (0..<784).map { index in
            let (dx, dy) = (Double(index % 28) - x, Double(index / 28) - y)
            return Int((width - abs((dx * dx + dy * dy).squareRoot() - radius)) * slope)
        }
    }

    private func expectReference(_ field: [Int], side: Int, _ comment: String) {
        let expected = ReferenceCoverage(field: field).picture(side: side)
        let differences = zip(picture(field, side: side), expected).map { abs(Double($0) - $1) }
        // An edge along the points of the reference may miss a row of them.
        let most = 255.0 / Double(ReferenceCoverage.samples) + 1
        #expect(differences.max()! < most, "side \(side), \(comment)")
        #expect(differences.reduce(0, +) / Double(side * side) < 0.6, "side \(side), \(comment)")
    }

    @Test("pixels are the share of their area that is positive, for strokes of every width and place")
    func strokes() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(6, full: 60) {
            func place() -> Double { Double.random(in: 0...27, using: &random) }
            let field = ring(x: place(), y: place(), radius: place() / 2, width: 0.4 + place() / 9)
            expectReference(
                field, side: Int.random(in: 8...50, using: &random), "seed \(seed), round \(round)")
        }
    }

    @Test("so they are for random fields, from mostly paper to mostly ink")
    func random() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(4, full: 40) {
            let bias = Int.random(in: -500_000...500_000, using: &random)
            let field = (0..<784).map { _ in Int.random(in: -600_000...600_000, using: &random) + bias }
            expectReference(
                field, side: Int.random(in: 20...50, using: &random), "seed \(seed), round \(round)")
        }
    }

    @Test("fields of the smallest and of the greatest numbers are drawn alike")
    func scale() {
        let small = (0..<784).map { abs($0 % 28 - 14) + abs($0 / 28 - 14) < 9 ? 1 : -1 }
        let large = small.map { $0 << 20 }
        #expect(picture(small, side: 100) == picture(large, side: 100))
        expectReference(small, side: 40, "of ones")
    }

    @Test("a picture is the mean of a larger one's pixels")
    func resolutions() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(4, full: 20) {
            func place() -> Double { Double.random(in: 6...22, using: &random) }
            // Smaller rings and narrower holes bend between the lines of the lattice.
            let radius = Double.random(in: 3...7, using: &random)
            let width = Double.random(in: 0.7...min(2.4, radius - 1.5), using: &random)
            let field = ring(x: place(), y: place(), radius: radius, width: width)
            let side = Int.random(in: 8...80, using: &random)
            let factor = Int.random(in: 2...6, using: &random)
            let (small, large) = (picture(field, side: side), picture(field, side: side * factor))
            var means = [Int](repeating: 0, count: side * side)
            for (index, level) in large.enumerated() {
                let (y, x) = (index / (side * factor) / factor, index % (side * factor) / factor)
                means[y * side + x] += Int(level)
            }
            let worst = zip(small, means).map { abs(Double($0) - Double($1) / Double(factor * factor)) }
                .max()!
            #expect(worst < 2.5, "seed \(seed), round \(round), side \(side) × \(factor)")
        }
    }

    @Test("every size can be drawn: an empty border, and ink as wide as its box")
    func sizes() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        // The largest take seconds without optimization.
        let limit = Rounds.count(300, full: Finish.sizes.upperBound)
        let sizes =
            [8, 9, 28, limit]
            + (0..<Rounds.count(2, full: 8)).map { _ in
                Int.random(in: 8...limit, using: &random)
            }
        let field = ring(x: 13.5, y: 13.5, radius: 7, width: 1.5)
        for side in sizes {
            let pixels = picture(field, side: side)
            let rows = (0..<side).filter { y in pixels[y * side..<(y + 1) * side].contains { $0 > 127 } }
            let height = Double(rows.last! - rows.first! + 1)
            // The box is one of half pixels of the field, 17 of them to 1 over.
            #expect(
                abs(height / Double(side) - 20.0 / 28) < 0.04 + 2 / Double(side), "seed \(seed), side \(side)"
            )
            #expect(rows.first! >= side / 10 && rows.last! < side - side / 10, "seed \(seed), side \(side)")
        }
    }

    @Test("the centre of mass is in the middle, unless the ink's box would leave the picture")
    func centre() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        func centre(_ field: [Int]) -> (x: Double, y: Double) {
            let pixels = picture(field, side: 100).map(Double.init)
            let total = pixels.reduce(0, +)
            let moments = pixels.enumerated().map { (index, level) in
                (x: level * (Double(index % 100) + 0.5), y: level * (Double(index / 100) + 0.5))
            }
            return (moments.reduce(0) { $0 + $1.x } / total, moments.reduce(0) { $0 + $1.y } / total)
        }
        for round in 0..<5 {
            func place() -> Double { Double.random(in: 9...19, using: &random) }
            let middle = centre(ring(x: place(), y: place(), radius: 5, width: 1.2))
            #expect(abs(middle.x - 50) < 1 && abs(middle.y - 50) < 1, "seed \(seed), round \(round)")
        }
        // A block on the left and a thin line to the far right: the box lies as far to the right as it can.
        let lopsided = (0..<784).map { index in
            let (y, x) = (index / 28, index % 28)
            return (4..<24).contains(y) && (2..<6).contains(x) || y == 14 && (2..<26).contains(x)
                ? 1000 : -1000
        }
        let pixels = picture(lopsided, side: 100)
        let columns = (0..<100).filter { x in (0..<100).contains { pixels[$0 * 100 + x] > 127 } }
        #expect(columns.first! >= 27 && columns.last! >= 97 && centre(lopsided).x < 50)
    }

    @Test(
        "the bytes of a drawing stay the same",
        arguments: [
            (8, "0155b518a8af66b893d63de65e3a6eef6fa9331ad6bf68321c6e67d57a95e87d"),
            (28, "5f2bfa12b456fb025980ca7330b738465a43d85870ae9edad9ade880d13a5d23"),
            (99, "95dd43183b676d833546865dcbfedfb5877e670744f708f5fa1a5e42a1fb68ca"),
            (448, "b83163d6dc494e5488a7199ad0d8fc033267c73aca1626669cd90e0cb3191c6e"),
        ])
    func bytes(side: Int, sha256: String) {
        // Integers only, so that the field is the same everywhere.
        let field = (0..<784).map { index in
            let (x, y) = (3 * (index % 28) - 37, 2 * (index / 28) - 29)
            return 190 - abs(x * x + y * y + x * y / 2 - 500)
        }
        #expect(SHA256.hexDigest(of: picture(field, side: side).span) == sha256)
    }

    @Test("no ink gives an empty picture", arguments: [0, -1, -(1 << 20)])
    func empty(level: Int) {
        #expect(picture([Int](repeating: level, count: 784), side: 60).allSatisfy { $0 == 0 })
    }

    @Test("ink everywhere ends at the field's edge: a square of 20/28 of the picture")
    func full() {
        let pixels = picture([Int](repeating: 5, count: 784), side: 280)
        for (index, level) in pixels.enumerated() {
            let (y, x) = (index / 280, index % 280)
            let isInside = (40..<240).contains(y) && (40..<240).contains(x)
            // Positions are rounded to 2⁻¹⁶, which may show in the first or last level.
            #expect(isInside ? level >= 254 : level <= 1)
        }
    }

    @Test("one pixel of ink is a round dot", arguments: [8, 28, 99, 448])
    func dot(side: Int) {
        var field = [Int](repeating: -1, count: 784)
        field[5 * 28 + 9] = 3
        let pixels = picture(field, side: side)
        #expect(pixels[side / 2 * side + side / 2] == 255)
        #expect(pixels[0] == 0 && pixels[side * side - 1] == 0)
        expectReference(field, side: min(side, 40), "a dot")
    }

    @Test("a mirrored or turned field gives the mirrored or turned picture, to a level")
    func symmetry() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        let field = (0..<784).map { _ in Int.random(in: -9...9, using: &random) }
        func mirrored<Element>(_ values: [Element], _ side: Int) -> [Element] {
            values.indices.map { values[$0 / side * side + side - 1 - $0 % side] }
        }
        func turned<Element>(_ values: [Element], _ side: Int) -> [Element] {
            values.indices.map { values[$0 % side * side + $0 / side] }
        }
        for side in [28, 101] {
            let plain = picture(field, side: side)
            let other = mirrored(picture(mirrored(field, 28), side: side), side)
            #expect(zip(plain, other).allSatisfy { abs(Int($0) - Int($1)) <= 1 }, "seed \(seed)")
            let transposed = turned(picture(turned(field, 28), side: side), side)
            #expect(zip(plain, transposed).allSatisfy { abs(Int($0) - Int($1)) <= 1 }, "seed \(seed)")
        }
    }
}
