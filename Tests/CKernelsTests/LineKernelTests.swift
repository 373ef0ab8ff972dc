import CKernels
import TestSupport
import Testing

/// The kernels that draw lines, beside their definitions point by point.
@Suite("Kernels of lines")
struct LineKernelTests {
    private static let stride = Int(DG_FIELD_STRIDE)

    /// A field [28][stride] of a ring, as a zero is.
    private func ring(_ random: inout SeededRandom) -> [Int32] {
        let (x, y) = (Double.random(in: 8...20, using: &random), Double.random(in: 8...20, using: &random))
        let (radius, width) = (
            Double.random(in: 1...9, using: &random), Double.random(in: 0.5...3, using: &random)
        )
        let scale = Double(1 << Int.random(in: 4...17, using: &random))
        return (0..<28 * Self.stride).map { index in
            let (dx, dy) = (Double(index % Self.stride) - x, Double(index / Self.stride) - y)
            let distance = width - abs((dx * dx + dy * dy).squareRoot() - radius)
            return index % Self.stride < 28 ? Int32(max(distance, -7) * scale) : 0
        }
    }

    private func number(_ field: [Int16], _ row: Int, _ column: Int) -> Int {
        Int(field[min(max(row, 0), 27) * Self.stride + min(max(column, 0), 27)])
    }

    /// A quadratic B-spline at `t` of `unit` in a pixel, times 2 · unit².
    private func spline(_ t: Int, _ unit: Int, _ value: (Int) -> Int) -> Int {
        let rest = unit - t
        return rest * rest * value(-1) + (unit * unit + 2 * t * rest) * value(0) + t * t * value(1)
    }

    /// The place of a point's centre in 1/128 of the field's pixels; nil outside.
    private func place(_ point: Int, _ span: dg_span) -> (pixel: Int, t: Int)? {
        let distance = (2 * (point - Int(span.start)) + 1) * Int(span.count) * 128
        let position = Int(span.first) * 64 + Int((Double(distance) / Double(4 * span.points)).rounded(.down))
        return (0..<28 * 128).contains(position) ? (position / 128, position % 128) : nil
    }

    @Test("outline, points and shares of random rings are as defined, on every tier")
    func rings() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        let scalar = try #require(dg_tier(dg_tier_count() - 1)).pointee
        let rounds = 12
        var drawn = 0
        for round in 0..<rounds {
            let field = ring(&random)
            var narrow = [Int16](repeating: 0, count: 28 * Self.stride)
            var outline = dg_outline()
            let hasInk = scalar.outline(field, &narrow, &outline)
            if hasInk { drawn += 1 }
            for tier in KernelTests.tiers {
                try check(field, hasInk: hasInk, tier, "\(tier.name), seed \(seed), round \(round)")
            }
        }
        // Not even the thinnest ring lacks ink.
        #expect(drawn == rounds, "seed \(seed)")
    }

    /// - Parameter hasInk: the answer of the scalar tier's outline.
    private func check(_ field: [Int32], hasInk: Bool, _ tier: Tier, _ comment: String) throws {
        let kernels = try #require(tier.kernels, "\(comment)").pointee
        var narrow = [Int16](repeating: 1, count: 28 * Self.stride)
        var outline = dg_outline()
        #expect(kernels.outline(field, &narrow, &outline) == hasInk, "\(comment)")
        guard hasInk else { return }
        #expect(narrow.allSatisfy { abs(Int($0)) < 1 << 14 }, "\(comment)")
        let rows = withUnsafeBytes(of: outline.rows) { Array($0.bindMemory(to: UInt64.self)) }
        for y in 0..<56 {
            for x in 0..<56 {
                // A quarter of a pixel from its nearest numbers.
                let value = spline(y % 2 * 2 + 1, 4) { row in
                    spline(x % 2 * 2 + 1, 4) { number(narrow, y / 2 + row, x / 2 + $0) }
                }
                #expect((rows[y] >> UInt64(x) & 1 == 1) == (value > 0), "\(comment): \(x), \(y)")
            }
        }
        #expect(outline.area == rows.reduce(0) { $0 + Int32($1.nonzeroBitCount) })

        let (width, height, rowsPerPixel) = (40, 24, 4)
        let across = dg_span(start: 24, points: 210, first: outline.left, count: outline.right - outline.left)
        let down = dg_span(start: 6, points: 80, first: outline.top, count: outline.bottom - outline.top)
        var bits = [UInt8](repeating: 0, count: width * height * rowsPerPixel + Int(DG_CANVAS_ROOM))
        var shares = [UInt8](repeating: 99, count: width * height + Int(DG_CANVAS_ROOM))
        var box = dg_box()
        bits.withUnsafeMutableBufferPointer { bits in
            let canvas = dg_canvas(
                bits: bits.baseAddress, stride: Int32(width), width: Int32(width),
                rows: Int32(height * rowsPerPixel), rows_per_pixel: Int32(rowsPerPixel))
            withUnsafePointer(to: canvas) { canvas in
                withUnsafePointer(to: across) { across in
                    withUnsafePointer(to: down) { down in
                        #expect(kernels.draw(narrow, across, down, canvas, &box), "\(comment)")
                    }
                }
                kernels.shares(canvas, &shares)
            }
        }
        var expected = [UInt8](repeating: 0, count: width * height)
        for y in 0..<height * rowsPerPixel {
            for x in 0..<width * 8 {
                let isInk = isInk(place(x, across), place(y, down), narrow)
                #expect((bits[y * width + x / 8] >> UInt8(x % 8) & 1 == 1) == isInk, "\(comment): \(x), \(y)")
                if isInk { expected[y / rowsPerPixel * width + x / 8] += 1 }
            }
        }
        #expect(Array(shares[..<expected.count]) == expected, "\(comment)")
        let inked = expected.indices.filter { expected[$0] > 0 }
        let (columns, lines) = (inked.map { $0 % width }, inked.map { $0 / width })
        #expect(Int32(columns.min() ?? 0) == box.x && Int32(lines.min() ?? 0) == box.y, "\(comment)")
        #expect(Int32(columns.max() ?? 0) + 1 == box.x + box.width, "\(comment)")
        #expect(Int32(lines.max() ?? 0) + 1 == box.y + box.height, "\(comment)")
    }

    /// Numbers are rounded after the direction across.
    private func isInk(_ x: (pixel: Int, t: Int)?, _ y: (pixel: Int, t: Int)?, _ field: [Int16]) -> Bool {
        guard let x, let y else { return false }
        let value = spline(y.t, 128) { row in
            let sum = spline(x.t, 128) { number(field, y.pixel + row, x.pixel + $0) }
            return (sum + 1 << 14) >> 15
        }
        return value > 0
    }
}
