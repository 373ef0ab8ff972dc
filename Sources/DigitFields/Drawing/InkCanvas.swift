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
    /// [height · rowsPerPixel][stride]; lines are whole words.
    private var bits: [UInt64]
    private let stride: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        rowsPerPixel = Self.rowsPerPixel(height: height)
        stride = (width + 7) / 8
        bits = [UInt64](repeating: 0, count: stride * height * rowsPerPixel)
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

    /// Writes each pixel's share of ink to `shares`, [height][width]: 0 ... `whole`.
    func measure(into shares: UnsafeMutablePointer<UInt8>) {
        let (odd, pairs): (UInt64, UInt64) = (0x5555_5555_5555_5555, 0x3333_3333_3333_3333)
        let halves: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
        for y in 0..<height {
            for word in 0..<stride {
                // In each byte the number of its bits, added up over the pixel's rows: 32 at most.
                var sum: UInt64 = 0
                for row in y * rowsPerPixel..<(y + 1) * rowsPerPixel {
                    var value = bits[row * stride + word]
                    guard value != 0 else { continue }
                    value &-= (value >> 1) & odd
                    value = (value & pairs) &+ ((value >> 2) & pairs)
                    sum &+= (value &+ (value >> 4)) & halves
                }
                let first = word * 8
                for index in 0..<min(8, width - first) {
                    shares[y * width + first + index] = UInt8(truncatingIfNeeded: sum >> (8 * UInt64(index)))
                }
            }
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
