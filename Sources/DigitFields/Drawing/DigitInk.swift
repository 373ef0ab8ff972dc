import CKernels
import DigitGen

/// The ink of a digit as a layout and a canvas see it. The memory that it points at belongs to a `DigitInks`.
struct DigitInk {
    private let outline: UnsafePointer<dg_outline>
    /// [28][DG_FIELD_STRIDE]
    let field: UnsafePointer<Int16>

    fileprivate init(_ outline: UnsafePointer<dg_outline>, _ field: UnsafePointer<Int16>) {
        (self.outline, self.field) = (outline, field)
    }

    /// The rows of points from the top, on a lattice of 56 × 56; bit i is column i.
    var rows: UnsafePointer<UInt64> {
        // The first member of the structure.
        UnsafeRawPointer(outline).assumingMemoryBound(to: UInt64.self)
    }

    /// The ink's box: its first row and column, and those after the last.
    var top: Int { Int(outline.pointee.top) }
    var bottom: Int { Int(outline.pointee.bottom) }
    var left: Int { Int(outline.pointee.left) }
    var right: Int { Int(outline.pointee.right) }

    var width: Int { right - left }
    var height: Int { bottom - top }

    /// The mean width of the strokes, in 1/64 of the distance of points.
    ///
    /// A stroke's area is its length times its width, and its outline is twice as long. In all directions alike, an
    /// outline crosses the lattice's lines 4/π times its length: so the width is 2 · area / (crossings · π / 4).
    var strokeWidth: Int {
        let (area, crossings) = (Int(outline.pointee.area), Int(outline.pointee.crossings))
        // 163 / 64 is nearly 8 / π.
        return crossings > 0 ? 163 * area / crossings : 0
    }

    /// How far the ink moves to the right on its way up, in 1/1024 of the way: the slope of the line through the
    /// middles of its rows.
    var slant: Int {
        let rows = rows
        var (count, sumX, sumY) = (0, 0, 0)
        for y in top..<bottom where rows[y] != 0 {
            count += 1
            sumX += Self.middle(rows[y])
            sumY += y
        }
        var (covariance, variance) = (0, 0)
        for y in top..<bottom where rows[y] != 0 {
            let distance = count * y - sumY
            covariance += distance * (count * Self.middle(rows[y]) - sumX)
            variance += distance * distance
        }
        // Middles are doubled, and rows go down.
        return variance > 0 ? Int(-512 * Int64(covariance) / Int64(variance)) : 0
    }

    /// Twice the middle of a row of ink.
    private static func middle(_ row: UInt64) -> Int {
        row.trailingZeroBitCount + UInt64.bitWidth - 1 - row.leadingZeroBitCount
    }
}

/// The ink of the digits of some lines.
final class DigitInks {
    private let outlines: UnsafeMutablePointer<dg_outline>
    /// [count][28][DG_FIELD_STRIDE]
    private let fields: UnsafeMutablePointer<Int16>
    private let kernels: LineKernels

    /// Numbers of a field.
    private static let area = DrawnField.side * Int(DG_FIELD_STRIDE)

    init(count: Int, _ kernels: LineKernels) {
        outlines = .allocate(capacity: count)
        fields = .allocate(capacity: count * Self.area)
        self.kernels = kernels
    }

    deinit {
        outlines.deallocate()
        fields.deallocate()
    }

    /// Measures the ink of a digit in its field; once for each.
    func measure(_ field: DrawnField, digit index: Int) {
        kernels.outline(field, into: fields + index * Self.area, outlines + index)
    }

    /// The ink of a digit whose field has been taken; nil without any.
    subscript(index: Int) -> DigitInk? {
        outlines[index].area > 0 ? DigitInk(outlines + index, fields + index * Self.area) : nil
    }
}
