/// The data of an SVG path.
package enum SVGPath {
    /// Units of the outlines' coordinates in a pixel.
    package static let unitsPerPixel = 1000
    private static let decimals = 3

    /// The path of a loop. Only the first control point is written: `T` mirrors the one before at the point between
    /// them, which gives the next, since all points are exact.
    package static func append(_ loop: [SIMD2<Int>], to text: inout String) {
        guard let first = loop.first, let last = loop.last else { return }
        func add(_ command: String, _ point: SIMD2<Int>) {
            text += command
            append(point.x, to: &text)
            text += " "
            append(point.y, to: &text)
        }
        add("M", middle(last, first))
        add("Q", first)
        for (index, vertex) in loop.enumerated() {
            add(index == 1 ? "T" : " ", middle(vertex, index + 1 < loop.count ? loop[index + 1] : first))
        }
        text += "Z"
    }

    private static func middle(_ a: SIMD2<Int>, _ b: SIMD2<Int>) -> SIMD2<Int> {
        SIMD2((a.x + b.x) / 2, (a.y + b.y) / 2)
    }

    /// A coordinate in pixels, as short as it can be.
    private static func append(_ units: Int, to text: inout String) {
        if units < 0 { text += "-" }
        let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: UInt(unitsPerPixel))
        text += String(whole)
        guard rest > 0 else { return }
        var digits = String(rest)
        digits = String(repeating: "0", count: decimals - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        text += "." + digits
    }
}
