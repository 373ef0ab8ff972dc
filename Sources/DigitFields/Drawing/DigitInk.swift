/// The ink of a digit as a layout sees it: on a lattice of 56 × 56 points, half a pixel of the field apart.
///
/// The lattice is that of MNIST's preprocessing, so the ink is the same as in the finished picture.
struct DigitInk {
    /// Points along a side.
    static let side = 56

    /// The rows from the top; bit i is column i.
    let rows: [UInt64]
    /// The ink's box: its first row and column, and those after the last.
    let top: Int
    let bottom: Int
    let left: Int
    let right: Int

    var width: Int { right - left }
    var height: Int { bottom - top }

    /// Nil without ink.
    ///
    /// - Parameter field: [28][28], below 2^14 in magnitude.
    init?(_ field: UnsafePointer<Int16>) {
        let count = Self.side / 2
        var rows = [UInt64](repeating: 0, count: Self.side)
        var columns: UInt64 = 0
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count + 2) { line in
            for row in 0..<Self.side {
                // The nearest line of the field weighs 22 of 32, its neighbours 9 and 1.
                let middle = row / 2
                let above = max(middle - 1, 0) * count
                let below = min(middle + 1, count - 1) * count
                let (near, far) = row % 2 == 0 ? (above, below) : (below, above)
                for column in 0..<count {
                    line[column + 1] =
                        9 * Int32(field[near + column]) + 22 * Int32(field[middle * count + column])
                        + Int32(field[far + column])
                }
                line[0] = line[1]
                line[count + 1] = line[count]
                var bits: UInt64 = 0
                for column in (0..<count).reversed() {
                    let (before, here, after) = (line[column], 22 * line[column + 1], line[column + 2])
                    bits <<= 2
                    if 9 * before + here + after > 0 { bits |= 1 }
                    if before + here + 9 * after > 0 { bits |= 2 }
                }
                rows[row] = bits
                columns |= bits
            }
        }
        guard columns != 0, let first = rows.firstIndex(where: { $0 != 0 }),
            let last = rows.lastIndex(where: { $0 != 0 })
        else { return nil }
        self.rows = rows
        top = first
        bottom = last + 1
        left = columns.trailingZeroBitCount
        right = UInt64.bitWidth - columns.leadingZeroBitCount
    }

    /// The mean width of the strokes, in 1/64 of the distance of points.
    ///
    /// A stroke's area is its length times its width, and its outline is twice as long. In all directions alike, an
    /// outline crosses the lattice's lines 4/π times its length: so the width is 2 · area / (crossings · π / 4).
    var strokeWidth: Int {
        var (area, crossings) = (0, 0)
        var above: UInt64 = 0
        for row in rows {
            area += row.nonzeroBitCount
            crossings += (row ^ row << 1).nonzeroBitCount + (row ^ above).nonzeroBitCount
            above = row
        }
        // 163 / 64 is nearly 8 / π.
        return crossings > 0 ? 163 * area / crossings : 0
    }

    /// How far the ink moves to the right on its way up, in 1/1024 of the way: the slope of the line through the
    /// middles of its rows.
    var slant: Int {
        var (count, sumX, sumY) = (0, 0, 0)
        for y in top..<bottom where rows[y] != 0 {
            count += 1
            sumX += middle(y)
            sumY += y
        }
        var (covariance, variance) = (0, 0)
        for y in top..<bottom where rows[y] != 0 {
            let distance = count * y - sumY
            covariance += distance * (count * middle(y) - sumX)
            variance += distance * distance
        }
        // Middles are doubled, and rows go down.
        return variance > 0 ? -512 * covariance / variance : 0
    }

    /// Twice the middle of a row of ink.
    private func middle(_ y: Int) -> Int {
        rows[y].trailingZeroBitCount + UInt64.bitWidth - 1 - rows[y].leadingZeroBitCount
    }
}
