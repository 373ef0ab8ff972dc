/// The field of one image: 28 × 28 numbers, between which quadratic B-splines interpolate. Ink is where the result is
/// positive.
///
/// Positions are whole multiples of 1/`unit` of a pixel of the field, from its upper left corner; pixel i has its
/// centre at i + ½. Values are rounded after the first of two directions, by far less than a level of gray shows, and
/// exact at multiples of a quarter.
///
/// Positions and values have 64 bits also where an Int has 32: their products need them.
struct InkField {
    /// Pixels along a side.
    static let side = 28
    /// The length of a pixel.
    static let unit: Int64 = 1 << 16
    /// The position of the right and of the lower edge. Beyond the edges there is paper.
    static let end = Int64(side) * unit

    /// Significant bits of the values: those that kernels promise. Smaller fields are scaled up to it, so that rounding
    /// is always as fine.
    private static let bits = 21

    /// (side, side)
    private let values: [Int64]
    /// The sign of each cell, a pixel's square: the values in it lie between those of the pixel and its neighbours.
    let cells: [Cell]

    /// What is known about a pixel's square without computing values in it.
    enum Cell: UInt8 {
        case paper, ink, mixed

        /// What all cells from `first` to `last` are.
        static func joined(_ first: Int, _ last: Int, _ cell: (Int) -> Cell) -> Cell {
            let joined = cell(first)
            var index = first
            while index < last {
                index += 1
                if cell(index) != joined { return .mixed }
            }
            return joined
        }
    }

    /// - Parameters:
    ///   - field: [side][stride], below 2^21 in magnitude.
    ///   - stride: the length of a line.
    init(_ field: UnsafePointer<Int32>, stride: Int) {
        var values = (0..<Self.side * Self.side).map {
            Int64(field[$0 / Self.side * stride + $0 % Self.side])
        }
        let greatest = values.reduce(0) { max($0, $1.magnitude) }
        let free = greatest.leadingZeroBitCount - (UInt64.bitWidth - Self.bits)
        precondition(free >= 0, "kernels keep fields below 2^\(Self.bits)")
        for index in values.indices { values[index] <<= free }
        self.values = values
        cells = (0..<Self.side * Self.side).map { Self.cell($0, values) }
    }

    private static func cell(_ index: Int, _ values: [Int64]) -> Cell {
        let (row, column) = index.quotientAndRemainder(dividingBy: side)
        var sawInk = false
        var sawPaper = false
        for y in max(row - 1, 0)...min(row + 1, side - 1) {
            for x in max(column - 1, 0)...min(column + 1, side - 1) {
                if values[y * side + x] > 0 { sawInk = true } else { sawPaper = true }
            }
        }
        return sawInk ? (sawPaper ? .mixed : .ink) : .paper
    }

    /// Writes the values between the lines of the field at `place` to `line`, one for each column, in 30 bits.
    func interpolate(at place: SplinePlace, into line: UnsafeMutablePointer<Int64>) {
        let half: Int64 = 1 << 24
        let (first, middle, last) = (
            place.first * Self.side, place.middle * Self.side, place.last * Self.side
        )
        values.withUnsafeBufferPointer { values in
            for x in 0..<Self.side {
                let sum =
                    place.weights.first &* values[first + x] &+ place.weights.middle &* values[middle + x]
                    &+ place.weights.last &* values[last + x]
                line[x] = (sum &+ half) >> 25
            }
        }
    }
}

/// A position between the pixels of a row or a column: the three pixels around it, and their weights.
///
/// At t from the beginning of a pixel, 0 ≤ t ≤ 1, its neighbours and it weigh (1 − t)² / 2, ½ + t (1 − t) and t² / 2.
/// Beyond the edges, the pixel there is repeated.
struct SplinePlace {
    let first: Int
    let middle: Int
    let last: Int
    /// They add up to 2³³.
    let weights: (first: Int64, middle: Int64, last: Int64)

    /// - Parameter position: 0...`InkField.end`.
    init(_ position: Int64) {
        let unit = InkField.unit
        middle = min(Int(position / unit), InkField.side - 1)
        first = max(middle - 1, 0)
        last = min(middle + 1, InkField.side - 1)
        let t = position - Int64(middle) * unit
        weights = ((unit - t) * (unit - t), unit * unit + 2 * t * (unit - t), t * t)
    }

    /// The value at this place of an interpolated line, in 63 bits.
    func value(_ line: UnsafePointer<Int64>) -> Int64 {
        weights.first &* line[first] &+ weights.middle &* line[middle] &+ weights.last &* line[last]
    }
}
