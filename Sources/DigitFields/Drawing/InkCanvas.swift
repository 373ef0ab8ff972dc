import CKernels
import DigitGen

/// The ink of a line at the resolution in which it is drawn: several points in each pixel of the picture. Strokes join
/// by OR, so where two meet there is one.
///
/// A pixel has eight points across, which are the bits of a byte, and `rowsPerPixel` down. Its level is the part of its
/// points that is ink.
struct InkCanvas {
    /// Points across a pixel.
    static let pointsPerPixel = 8

    /// Pixels.
    let width: Int
    let height: Int
    let rowsPerPixel: Int
    /// [height · rowsPerPixel][stride], and DG_CANVAS_ROOM bytes; lines are whole words.
    private var bits: [UInt64]
    private let stride: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        rowsPerPixel = Self.rowsPerPixel(height: height)
        stride = (width + 7) / 8
        bits = [UInt64](repeating: 0, count: stride * height * rowsPerPixel + Int(DG_CANVAS_ROOM) / 8)
    }

    /// In large pictures fewer rows are as smooth.
    static func rowsPerPixel(height: Int) -> Int { height <= 256 ? 4 : 2 }

    /// Adds ink: `draw` gets the bytes of a row, which are its pixels, and marks points. Returns the box of the pixels
    /// that it marked; nil if there are none.
    ///
    /// - Parameters:
    ///   - rows: of points; those outside of the canvas are left out.
    ///   - columns: of pixels; likewise.
    ///   - draw: gets the number of a row and its bytes from `columns.lowerBound` on, all 0, and fills them.
    mutating func add(
        rows: Range<Int>, columns: Range<Int>,
        draw: (_ row: Int, _ bytes: UnsafeMutablePointer<UInt8>) -> Void
    ) -> PixelBox? {
        let columns = columns.clamped(to: 0..<width)
        let rows = rows.clamped(to: 0..<height * rowsPerPixel)
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
        let count = columns.count
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * count) { buffer in
            guard let line = buffer.baseAddress else { return nil }
            // What any row has marked in each pixel.
            let marked = line + count
            marked.update(repeating: 0, count: count)
            var (top, bottom) = (Int.max, 0)
            bits.withUnsafeMutableBytes { all in
                guard let bytes = all.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
                for row in rows {
                    line.update(repeating: 0, count: count)
                    draw(row, line)
                    let target = bytes + (row * stride * 8 + columns.lowerBound)
                    var any: UInt8 = 0
                    for index in 0..<count {
                        let points = line[index]
                        any |= points
                        marked[index] |= points
                        target[index] |= points
                    }
                    guard any != 0 else { continue }
                    top = min(top, row / rowsPerPixel)
                    bottom = row / rowsPerPixel + 1
                }
            }
            let places = UnsafeBufferPointer(start: marked, count: count)
            guard let first = places.firstIndex(where: { $0 != 0 }),
                let last = places.lastIndex(where: { $0 != 0 })
            else { return nil }
            return PixelBox(
                x: columns.lowerBound + first, y: top, width: last + 1 - first, height: bottom - top)
        }
    }

    /// Adds the ink of a digit. Returns the box of its pixels; nil if no point is ink.
    ///
    /// - Parameters:
    ///   - across: of the field's columns, in points.
    ///   - down: of the field's rows, in rows of points.
    mutating func add(
        _ ink: DigitInk, across: dg_span, down: dg_span, by kernels: LineKernels
    ) -> PixelBox? {
        withCanvas { kernels.draw(ink, across: across, down: down, on: $0) }
    }

    /// Writes each pixel's share of ink to `shares`, [height][width]: 0 ... `whole`; kernels may touch DG_CANVAS_ROOM
    /// bytes more.
    mutating func measure(into shares: UnsafeMutablePointer<UInt8>, by kernels: LineKernels) {
        withCanvas { kernels.shares($0, into: shares) }
    }

    private mutating func withCanvas<Result>(_ body: (dg_canvas) -> Result) -> Result {
        let (stride, width, rows) = (Int32(stride * 8), Int32(width), Int32(height * rowsPerPixel))
        let rowsPerPixel = Int32(rowsPerPixel)
        return bits.withUnsafeMutableBytes { bytes in
            body(
                dg_canvas(
                    bits: bytes.assumingMemoryBound(to: UInt8.self).baseAddress, stride: stride, width: width,
                    rows: rows, rows_per_pixel: rowsPerPixel))
        }
    }

    /// The share of a pixel full of ink.
    var whole: Int { Self.pointsPerPixel * rowsPerPixel }
}

/// A rectangle of pixels.
package struct PixelBox: Equatable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
}
