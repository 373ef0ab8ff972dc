/// The style of a digit, measured on its 28 × 28 pixels in integers, so that every processor measures the same.
package struct MeasuredStyle: Equatable, Sendable {
    /// The lean from the vertical in hundredths of a degree: of −μ₁₁ / μ₀₂, its tangent, with the central second
    /// moments μ of the ink, y downwards.
    package let slant: Int32
    /// In ten-thousandths of the height: twice the ink over the length of its outline, which is the total variation of
    /// the levels.
    package let thickness: Int32
    /// Width over height of the ink's box in thousandths; a first or last row or column counts as far as its greatest
    /// level reaches.
    package let width: Int32

    private static let side = Finish.mnist.size

    package subscript(measure: StyleMeasure) -> Int32 {
        switch measure {
        case .slant: slant
        case .thickness: thickness
        case .width: width
        }
    }

    /// - Parameter pixels: 28 × 28; all measures of an empty picture are 0.
    package init(_ pixels: UnsafePointer<UInt8>) {
        var rows = [Int](repeating: 0, count: Self.side)
        var columns = rows
        // Products of these sums need 64 bits.
        var (ink, x1, y1, xy, yy): (Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0)
        for y in 0..<Self.side {
            for x in 0..<Self.side {
                let level = Int(pixels[y * Self.side + x])
                rows[y] = max(rows[y], level)
                columns[x] = max(columns[x], level)
                ink += Int64(level)
                x1 += Int64(level * x)
                y1 += Int64(level * y)
                xy += Int64(level * x * y)
                yy += Int64(level * y * y)
            }
        }
        let (height, outline) = (Self.extent(rows), Self.outline(pixels))
        guard ink > 0, height > 0, outline > 0 else {
            (slant, thickness, width) = (0, 0, 0)
            return
        }
        // The moments times the ink.
        let (mixed, vertical) = (ink * xy - x1 * y1, ink * yy - y1 * y1)
        slant = vertical > 0 ? Tangent.hundredths(of: -mixed * Tangent.one / vertical) : 0
        thickness = Int32(2 * ink * 255 * 10_000 * Self.outlineUnit / (outline * Int64(height)))
        width = Int32(1_000 * Self.extent(columns) / height)
    }

    /// The measures of pictures, one after the other.
    package static func all(of pictures: [UInt8]) -> [MeasuredStyle] {
        let size = side * side
        return pictures.withUnsafeBufferPointer { pictures in
            guard let base = pictures.baseAddress else { return [] }
            return (0..<pictures.count / size).map { MeasuredStyle(base + $0 * size) }
        }
    }

    /// The distance from the first level above 0 to the last, in 255ths of a pixel.
    private static func extent(_ profile: [Int]) -> Int {
        guard let first = profile.firstIndex(where: { $0 > 0 }),
            let last = profile.lastIndex(where: { $0 > 0 })
        else { return 0 }
        return last > first ? (last - first - 1) * 255 + profile[first] + profile[last] : profile[first]
    }

    /// Fractions of a level that the outline's parts are rounded down to.
    private static let outlineUnit: Int64 = 256

    /// Σ √(dx² + dy²) over forward differences, with paper around the picture. IEEE 754 rounds roots correctly, so the
    /// sum of integers is the same everywhere.
    private static func outline(_ pixels: UnsafePointer<UInt8>) -> Int64 {
        var total: Int64 = 0
        func level(_ x: Int, _ y: Int) -> Int64 {
            x >= 0 && y >= 0 && x < side && y < side ? Int64(pixels[y * side + x]) : 0
        }
        for y in -1..<side {
            for x in -1..<side {
                let here = level(x, y)
                let (dx, dy) = (level(x + 1, y) - here, level(x, y + 1) - here)
                guard dx != 0 || dy != 0 else { continue }
                total += Int64(Double((dx * dx + dy * dy) * outlineUnit * outlineUnit).squareRoot())
            }
        }
        return total
    }
}

/// Angles by their tangents, in integers.
private enum Tangent {
    /// The tangent of 45 degrees.
    static let one: Int64 = 1 << 16

    /// The tangents of whole degrees: between them, a line is right to 0.02 degrees up to 60, and beyond the last,
    /// angles are cut off.
    private static let table: [Int64] = [
        0, 1144, 2289, 3435, 4583, 5734, 6888, 8047, 9210, 10380, 11556, 12739, 13930, 15130, 16340, 17560,
        18792,
        20036, 21294, 22566, 23853, 25157, 26478, 27818, 29179, 30560, 31964, 33392, 34846, 36327, 37837,
        39378, 40951,
        42560, 44205, 45889, 47615, 49385, 51202, 53070, 54991, 56970, 59009, 61113, 63287, 65536, 67865,
        70279, 72785,
        75391, 78103, 80930, 83882, 86969, 90203, 93595, 97161, 100917, 104880, 109070, 113512, 118230,
        123255, 128622,
    ]

    /// Hundredths of a degree.
    static func hundredths(of tangent: Int64) -> Int32 {
        let magnitude = abs(tangent)
        guard let next = table.firstIndex(where: { $0 > magnitude }) else {
            return Int32(tangent.signum() * 100 * Int64(table.count - 1))
        }
        let (low, high) = (table[next - 1], table[next])
        let angle = 100 * Int64(next - 1) + 100 * (magnitude - low) / (high - low)
        return Int32(tangent.signum() * angle)
    }
}
