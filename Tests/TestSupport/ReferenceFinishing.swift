import DigitModel

/// The finishing of ink written for clarity after its description (Yadav and Bottou 2019, "Cold case: the lost MNIST
/// digits"), in float64.
///
/// Lengths are in hundredths of a source pixel over 20, so that all of them and their sums are whole numbers, which
/// float64 holds exactly: levels that lie on a half are rounded as the description says, or all are rounded down.
package enum ReferenceFinishing {
    /// The ink of a field [28, 28], enlarged twice by quadratic B-splines.
    package static func ink(of field: [Int]) -> [[Bool]] {
        let side = 28
        func axis(_ target: Int) -> [(index: Int, weight: Double)] {
            // The target's distance from its source pixel, whose neighbours are repeated outside of the field.
            let offset = (Double(target % 2) + 0.5) / 2 - 0.5
            let source = target / 2
            return [
                (max(source - 1, 0), 0.5 * (0.5 - offset) * (0.5 - offset)),
                (source, 0.75 - offset * offset),
                (min(source + 1, side - 1), 0.5 * (0.5 + offset) * (0.5 + offset)),
            ]
        }
        return (0..<2 * side).map { y in
            (0..<2 * side).map { x in
                let value = axis(y).reduce(0.0) { sum, row in
                    sum
                        + axis(x).reduce(0.0) {
                            $0 + row.weight * $1.weight * Double(field[row.index * side + $1.index])
                        }
                }
                return value > 0
            }
        }
    }

    /// The picture, 28 × 28 levels, of a field's ink.
    package static func picture(of field: [Int], _ source: InkSource) -> [UInt8] {
        let ink = ink(of: field)
        let places = ink.indices.flatMap { y in ink.indices.filter { ink[y][$0] }.map { (y: y, x: $0) } }
        guard let top = places.map(\.y).min(), let bottom = places.map(\.y).max(),
            let left = places.map(\.x).min(), let right = places.map(\.x).max()
        else { return [UInt8](repeating: 0, count: 784) }
        let (height, width) = (bottom - top + 1, right - left + 1)
        let side = max(height, width)
        let size = source.size(area: InkSource.area(count: places.count, side: side))
        return picture(
            of: scan(
                field, row: top - (side - height) / 2, column: left - (side - width) / 2, side: side,
                size: size),
            roundsDown: source.roundsDown, most: source.isLowered(size: size) ? 254 : 255)
    }

    /// The bitmap of the square at a row and column in halves of a pixel, as its side is. Values of the field and of
    /// its lines are rounded as the kernels do.
    private static func scan(_ field: [Int], row: Int, column: Int, side: Int, size: Int) -> [[Bool]] {
        func axis(_ start: Int, _ index: Int) -> [(index: Int, weight: Double)]? {
            let place = 16 * start + (2 * index + 1) * side * 8 / size
            guard place >= 0, place < 28 * 32 else { return nil }
            let (pixel, t) = (place / 32, Double(place % 32) / 32)
            return [
                (max(pixel - 1, 0), (1 - t) * (1 - t) / 2), (pixel, 0.5 + t * (1 - t)),
                (min(pixel + 1, 27), t * t / 2),
            ]
        }
        return (0..<size).map { y in
            guard let high = axis(row, y) else { return [Bool](repeating: false, count: size) }
            let line = (0..<28).map { x in
                high.reduce(0.0) { $0 + $1.weight * (Double(field[$1.index * 28 + x]) / 4).rounded(.down) }
                    .rounded(.down)
            }
            return (0..<size).map { x in
                guard let wide = axis(column, x) else { return false }
                return wide.reduce(0.0) { $0 + $1.weight * line[$1.index] } > 0
            }
        }
    }

    /// The picture of a bitmap.
    private static func picture(of bitmap: [[Bool]], roundsDown: Bool, most: Double) -> [UInt8] {
        let places = bitmap.indices.flatMap { y in
            bitmap.indices.filter { bitmap[y][$0] }.map { (y: y, x: $0) }
        }
        guard let top = places.map(\.y).min(), let bottom = places.map(\.y).max(),
            let left = places.map(\.x).min(), let right = places.map(\.x).max()
        else { return [UInt8](repeating: 0, count: 784) }
        let (height, width) = (bottom - top + 1, right - left + 1)
        let m = max(height, width)
        let (firstRow, firstColumn) = (top - (m - height) / 2, left - (m - width) / 2)
        var levels = [[Double]](repeating: [Double](repeating: 0, count: 20), count: 20)
        for (y, x) in places {
            for (row, high) in cover(y - firstRow, of: m) {
                for (column, wide) in cover(x - firstColumn, of: m) { levels[row][column] += high * wide }
            }
        }
        let greatest = levels.joined().max() ?? 1
        for row in 0..<20 {
            for column in 0..<20 {
                let level = 510 * levels[row][column] + (roundsDown ? 0 : greatest)
                levels[row][column] = min((level / (2 * greatest)).rounded(.down), most)
            }
        }
        return moved(levels)
    }

    /// The target pixels that source pixel i of m covers, and their parts.
    private static func cover(_ i: Int, of m: Int) -> [(target: Int, part: Double)] {
        let (begin, end, unit) = (2000 * i, 2000 * i + 1980, 100 * m)
        let targets = begin / unit...(end - 1) / unit
        guard targets.count > 1 else { return [(targets.lowerBound, 2000)] }
        return targets.map { ($0, Double(min(end, ($0 + 1) * unit) - max(begin, $0 * unit))) }
    }

    /// The 20 × 20 levels in 28 × 28, by whole pixels to their centre of mass.
    private static func moved(_ levels: [[Double]]) -> [UInt8] {
        let total = levels.joined().reduce(0, +)
        func start(_ weights: [Double]) -> Int {
            let centre =
                weights.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset) + 0.5) } / total
            return min(max(Int(15 - centre), 0), 8)
        }
        let top = start(levels.map { $0.reduce(0, +) })
        let left = start((0..<20).map { column in levels.reduce(0) { $0 + $1[column] } })
        var picture = [UInt8](repeating: 0, count: 784)
        for row in 0..<20 {
            for column in 0..<20 { picture[(top + row) * 28 + left + column] = UInt8(levels[row][column]) }
        }
        return picture
    }
}
