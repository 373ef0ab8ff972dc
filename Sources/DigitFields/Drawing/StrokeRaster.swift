/// Draws strokes of a pen into a canvas: each part of a curve is a line as wide as the pen, with round ends. A point is
/// ink if it is no farther from one than half its width.
struct StrokeRaster {
    /// Units of a pixel.
    static let unit = 64

    /// A part of a stroke, in 1/64 of a pixel, y downwards. Squares of lengths need more than the 32 bits that an `Int`
    /// has in WebAssembly.
    struct Part {
        let start: SIMD2<Int64>
        let way: SIMD2<Int64>
        /// The square of its length, and the length, rounded down.
        let square: Int64
        let length: Int64
        let radius: Int64

        init(from start: SIMD2<Int>, to end: SIMD2<Int>, radius: Int) {
            self.start = SIMD2(Int64(start.x), Int64(start.y))
            self.radius = Int64(radius)
            way = SIMD2(Int64(end.x), Int64(end.y)) &- self.start
            square = (way &* way).wrappedSum()
            length = Self.squareRoot(square)
        }

        var left: Int { Int(min(start.x, start.x + way.x) - radius) }
        var right: Int { Int(max(start.x, start.x + way.x) + radius) }
        var top: Int { Int(min(start.y, start.y + way.y) - radius) }
        var bottom: Int { Int(max(start.y, start.y + way.y) + radius) }

        func contains(_ point: SIMD2<Int64>) -> Bool {
            let arm = point &- start
            let along = (arm &* way).wrappedSum()
            if along <= 0 { return (arm &* arm).wrappedSum() <= radius * radius }
            guard along < square else {
                let rest = arm &- way
                return (rest &* rest).wrappedSum() <= radius * radius
            }
            return abs(arm.x * way.y - arm.y * way.x) <= radius * length
        }

        /// The greatest integer whose square is at most `value` ≥ 0, by Newton's method from above.
        private static func squareRoot(_ value: Int64) -> Int64 {
            guard value > 0 else { return 0 }
            var root = value
            while true {
                let next = (root + value / root) / 2
                if next >= root { return root }
                root = next
            }
        }
    }

    /// Draws the parts of a mark. Returns the box of their pixels.
    static func draw(_ parts: [Part], on canvas: inout InkCanvas) -> PixelBox? {
        let perPixel = InkCanvas.pointsPerPixel
        let (across, down) = (unit / perPixel, unit / canvas.rowsPerPixel)
        let left = (parts.map { $0.left }.min() ?? 0) / unit - 1
        let right = (parts.map { $0.right }.max() ?? 0) / unit + 2
        let top = (parts.map { $0.top }.min() ?? 0) / down - 1
        let bottom = (parts.map { $0.bottom }.max() ?? 0) / down + 2
        let first = max(left, 0)
        let width = canvas.width
        return canvas.add(rows: top..<bottom, columns: left..<right) { row, bytes in
            let y = row * down + down / 2
            for part in parts where part.top <= y && y <= part.bottom {
                let begin = max(part.left / across, first * perPixel)
                let end = min(part.right / across + 1, min(right, width) * perPixel)
                guard begin < end else { continue }
                for point in begin..<end
                where part.contains(SIMD2(Int64(point * across + across / 2), Int64(y))) {
                    bytes[point / perPixel - first] |= 1 << UInt8(point % perPixel)
                }
            }
        }
    }
}
