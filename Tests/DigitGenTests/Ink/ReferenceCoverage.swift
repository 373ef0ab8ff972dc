import TestSupport

/// The picture of a field's ink written for clarity, in float64: each pixel is the share of many points in it where the
/// field is positive.
struct ReferenceCoverage {
    /// [28, 28]
    let field: [Int]
    /// Points along a side of a pixel: so many that their own error, the greatest where a small picture of a random
    /// field has an edge in each pixel, stays below what is tested.
    static let samples = 48

    /// A pixel of the field and its weight, three times.
    private typealias Place = (
        first: (index: Int, weight: Double), second: (index: Int, weight: Double),
        third: (index: Int, weight: Double)
    )

    /// Levels 0 to 255, not rounded, (side, side).
    func picture(side: Int) -> [Double] {
        guard let frame = Frame(ReferenceFinishing.ink(of: field)) else {
            return [Double](repeating: 0, count: side * side)
        }
        let samples = Self.samples
        let step = frame.side / Double(side * samples)
        func places(from start: Double) -> [Place?] {
            (0..<side * samples).map { place(start + (Double($0) + 0.5) * step) }
        }
        let columns = places(from: frame.left)
        var counts = [Int](repeating: 0, count: side * side)
        for (y, row) in places(from: frame.top).enumerated() {
            guard let row else { continue }
            let line = (0..<28).map { x in
                row.first.weight * Double(field[row.first.index * 28 + x])
                    + row.second.weight * Double(field[row.second.index * 28 + x])
                    + row.third.weight * Double(field[row.third.index * 28 + x])
            }
            for (x, column) in columns.enumerated() {
                guard let column else { continue }
                let value =
                    column.first.weight * line[column.first.index]
                    + column.second.weight * line[column.second.index]
                    + column.third.weight * line[column.third.index]
                if value > 0 { counts[y / samples * side + x / samples] += 1 }
            }
        }
        return counts.map { 255 * Double($0) / Double(samples * samples) }
    }

    /// The pixels around a position and the weights of the quadratic B-spline; nil outside of the field.
    private func place(_ position: Double) -> Place? {
        guard position >= 0, position < 28 else { return nil }
        let pixel = Int(position)
        let t = position - Double(pixel)
        return (
            (max(pixel - 1, 0), (1 - t) * (1 - t) / 2), (pixel, 0.5 + t * (1 - t)),
            (min(pixel + 1, 27), t * t / 2)
        )
    }

    /// The square of the field that a picture shows, in pixels of the field.
    private struct Frame {
        let left, top, side: Double

        init?(_ ink: [[Bool]]) {
            let places = ink.indices.flatMap { y in ink.indices.filter { ink[y][$0] }.map { (y: y, x: $0) } }
            guard !places.isEmpty else { return nil }
            let (rows, columns) = (places.map(\.y), places.map(\.x))
            func length(_ places: [Int]) -> Double { Double(places.max()! - places.min()! + 1) / 2 }
            let box = max(length(rows), length(columns))
            side = box * 28 / 20
            func start(_ places: [Int], side: Double) -> Double {
                let centre = places.reduce(0.0) { $0 + (Double($1) + 0.5) / 2 } / Double(places.count)
                let square = (Double(places.min()!) / 2) - (box - length(places)) / 2
                return min(max(centre - side / 2, square + box - side), square)
            }
            left = start(columns, side: side)
            top = start(rows, side: side)
        }
    }
}
