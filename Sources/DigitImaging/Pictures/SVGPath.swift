/// The data of an SVG path.
package enum SVGPath {
    /// Units of the outlines' coordinates in a pixel.
    package static let unitsPerPixel = 1000
    private static let decimals = 3

    /// The path of a loop. Only the first control point is written: `T` mirrors the one before at the point between
    /// them, which gives the next, since all points are exact.
    package static func append(_ loop: [SIMD2<Int>], to text: inout String) {
        guard let first = loop.first, let last = loop.last else { return }
        append("M", middle(last, first), to: &text)
        append("Q", first, to: &text)
        for (index, vertex) in loop.enumerated() {
            let next = index + 1 < loop.count ? loop[index + 1] : first
            append(index == 1 ? "T" : " ", middle(vertex, next), to: &text)
        }
        text += "Z"
    }

    /// A command, or a space to repeat the last, and a point.
    package static func append(_ command: String, _ point: SIMD2<Int>, to text: inout String) {
        text += command
        append(point.x, to: &text)
        text += " "
        append(point.y, to: &text)
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
