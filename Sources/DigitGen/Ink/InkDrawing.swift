import CKernels

/// Draws a field's ink as a square gray picture: each pixel's level is the part of its area that ink covers, 0 to 255,
/// halves rounded up. Integers only, so every processor gives the same bytes.
///
/// A pixel is divided into the cells of a lattice, small enough for the outline to be straight in them. A cell is four
/// triangles around its centre, whose value is the mean of the corners; in a triangle, values are linear, and the area
/// where they are positive is a quotient.
struct InkDrawing {
    /// Cells along a pixel of the field, at least: between them the outline of a digit bends by less than a level of
    /// gray, that of a dot or a hole of a pixel by up to three.
    private static let cellsPerFieldPixel = 16
    /// Cells along a pixel of the picture, at least.
    private static let cellsPerPixel = 2

    private typealias Cell = InkField.Cell

    private let field: InkField
    private let columns: Axis
    private let rows: Axis
    private let side: Int
    /// Cells along a pixel of the picture.
    private let cells: Int

    /// Nil without ink.
    init?(_ field: InkField, side: Int) {
        precondition(Finish.sizes.contains(side))
        guard let frame = InkFrame(field) else { return nil }
        self.field = field
        self.side = side
        cells = max(Self.cellsPerPixel, (frame.steps(count: Self.cellsPerFieldPixel) + side - 1) / side)
        columns = Axis(start: frame.left, frame, pixels: side, cells: cells)
        rows = Axis(start: frame.top, frame, pixels: side, cells: cells)
    }

    /// Draws the picture of a field.
    ///
    /// - Parameters:
    ///   - field: [28][stride], below 2^21 in magnitude.
    ///   - side: the picture's, one of `Finish.sizes`.
    ///   - pixels: [side][side]
    static func draw(
        _ field: UnsafePointer<Int32>, stride: Int, side: Int, into pixels: UnsafeMutablePointer<UInt8>
    ) {
        pixels.update(repeating: 0, count: side * side)
        InkDrawing(InkField(field, stride: stride), side: side)?.draw(into: pixels)
    }

    /// The lattice in one direction.
    private struct Axis {
        /// Its lines, (pixels · cells + 1); those beyond the field are moved to its edge.
        let places: [SplinePlace]
        /// The widths of its cells; 0 beyond the field.
        let widths: [Int64]
        let pixels: [Pixel]

        /// A row or column of the picture.
        struct Pixel {
            let width: Int64
            /// The part of the width that lies in the field.
            let inside: Int64
            /// The first and last of the field's pixels that it lies in.
            let first: Int
            let last: Int
        }

        init(start: Int64, _ frame: InkFrame, pixels count: Int, cells: Int) {
            let positions = (0...count * cells).map { start + frame.distance($0, of: count * cells) }
            let inside = positions.map { min(max($0, 0), InkField.end) }
            let places = inside.map(SplinePlace.init)
            self.places = places
            widths = zip(inside, inside.dropFirst()).map { $1 - $0 }
            pixels = (0..<count).map { pixel in
                let (begin, end) = (pixel * cells, (pixel + 1) * cells)
                return Pixel(
                    width: positions[end] - positions[begin], inside: inside[end] - inside[begin],
                    first: places[begin].middle, last: places[end].middle)
            }
        }
    }

    private func draw(into pixels: UnsafeMutablePointer<UInt8>) {
        let lineCount = cells + 1
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: lineCount * (InkField.side + lineCount)) {
            buffer in
            guard let lines = buffer.baseAddress else { return }
            for (y, row) in rows.pixels.enumerated() where row.inside > 0 {
                let known = (0..<InkField.side).map { column in
                    Cell.joined(row.first, row.last) { field.cells[$0 * InkField.side + column] }
                }
                guard known.contains(where: { $0 != .paper }) else { continue }
                for index in 0..<lineCount {
                    field.interpolate(at: rows.places[y * cells + index], into: lines + index * InkField.side)
                }
                draw(y, known, lines, corners: lines + lineCount * InkField.side, into: pixels + y * side)
            }
        }
    }

    /// Draws a row of the picture.
    ///
    /// - Parameters:
    ///   - known: what is known about the field's columns in this row.
    ///   - lines: the field at the lattice's lines across the row, [cells + 1][28].
    ///   - corners: room for [cells + 1][cells + 1].
    private func draw(
        _ y: Int, _ known: [Cell], _ lines: UnsafePointer<Int64>, corners: UnsafeMutablePointer<Int64>,
        into pixels: UnsafeMutablePointer<UInt8>
    ) {
        let row = rows.pixels[y]
        known.withUnsafeBufferPointer { known in
            columns.pixels.withUnsafeBufferPointer { columns in
                for x in columns.indices {
                    let column = columns[x]
                    let cell = Cell.joined(column.first, column.last) { known[$0] }
                    if cell == .paper { continue }
                    let isWhole = row.inside == row.width && column.inside == column.width
                    pixels[x] = cell == .ink && isWhole ? 255 : level(x, y, lines, corners)
                }
            }
        }
    }

    /// The level of a pixel.
    private func level(
        _ x: Int, _ y: Int, _ lines: UnsafePointer<Int64>, _ corners: UnsafeMutablePointer<Int64>
    ) -> UInt8 {
        let hasInk = columns.places.withUnsafeBufferPointer { places in
            var greatest: Int64 = 0
            for row in 0...cells {
                for column in 0...cells {
                    let value = places[x * cells + column].value(lines + row * InkField.side)
                    corners[row * (cells + 1) + column] = value
                    greatest = max(greatest, value)
                }
            }
            return greatest > 0
        }
        guard hasInk else { return 0 }
        let (column, row) = (columns.pixels[x], rows.pixels[y])
        let whole = InkCell.whole * column.width * row.width
        return UInt8((510 * covered(x, y, corners) + whole) / (2 * whole))
    }

    /// The area of a pixel that ink covers, in units of `InkCell.whole`.
    private func covered(_ x: Int, _ y: Int, _ corners: UnsafePointer<Int64>) -> Int64 {
        columns.widths.withUnsafeBufferPointer { widths in
            var covered: Int64 = 0
            for row in 0..<cells {
                let upper = corners + row * (cells + 1)
                let lower = upper + (cells + 1)
                var sum: Int64 = 0
                for column in 0..<cells {
                    let share = InkCell.covered(
                        upper[column], upper[column + 1], lower[column + 1], lower[column])
                    sum &+= widths[x * cells + column] &* share
                }
                covered += sum * rows.widths[y * cells + row]
            }
            return covered
        }
    }
}

extension InferencePlan {
    /// Draws the ink of each key, `size` pixels along a side; the architecture must draw ink.
    ///
    /// - Parameters:
    ///   - size: one of `Finish.sizes`.
    ///   - pixels: room for `keys.count` pictures.
    ///   - keys, threads: as of `run(_:into:threads:)`.
    func draw(
        _ keys: [ImageKey], size: Int, into pixels: UnsafeMutableBufferPointer<UInt8>, threads: Int
    ) {
        precondition(pixels.count == keys.count * size * size)
        guard let base = pixels.baseAddress else { return }
        run(keys, threads: threads) { index, field in
            InkDrawing.draw(
                field, stride: Int(DG_FIELD_STRIDE), side: size, into: base + index * size * size)
        }
    }
}

/// The part of a square that ink covers, by the values at its corners.
enum InkCell {
    /// The area of a triangle, and of the square.
    private static let triangle: Int64 = 1 << 12
    static let whole = 4 * triangle
    /// Values are reduced to so many bits, that their squares times `triangle` are integers.
    private static let bits = 22

    /// The area that is positive; corners in turn around the square.
    static func covered(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> Int64 {
        if a > 0, b > 0, c > 0, d > 0 { return whole }
        if a <= 0, b <= 0, c <= 0, d <= 0 { return 0 }
        let greatest = max(a.magnitude, b.magnitude, c.magnitude, d.magnitude)
        let shift = max(0, UInt64.bitWidth - greatest.leadingZeroBitCount - bits)
        let corners = SIMD4(a, b, c, d) &>> SIMD4(repeating: Int64(shift))
        // Four times all values, so that the centre's is an integer.
        let centre = corners.wrappedSum()
        let (a, b, c, d) = (4 * corners[0], 4 * corners[1], 4 * corners[2], 4 * corners[3])
        return covered(centre, a, b) + covered(centre, b, c) + covered(centre, c, d) + covered(centre, d, a)
    }

    /// The area of a triangle where what is linear between its corners is positive.
    private static func covered(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
        switch (a > 0, b > 0, c > 0) {
        case (true, true, true): triangle
        case (false, false, false): 0
        case (true, false, false): corner(a, b, c)
        case (false, true, false): corner(b, a, c)
        case (false, false, true): corner(c, a, b)
        case (false, true, true): triangle - corner(a, b, c)
        case (true, false, true): triangle - corner(b, a, c)
        case (true, true, false): triangle - corner(c, a, b)
        }
    }

    /// The area at the corner with the value a, whose sign differs from those of b and c: a² / ((a − b) (a − c)).
    private static func corner(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
        let denominator = (a &- b) &* (a &- c)
        return (a &* a &* triangle &+ denominator / 2) / denominator
    }
}
