/// Draws a field's ink as a square gray picture: each pixel's level is the part of its area that ink covers, 0 to 255,
/// halves rounded up. Integers only, so every processor gives the same bytes.
///
/// A pixel is divided into the cells of a lattice, small enough for the outline to be straight in them. A cell is four
/// triangles around its centre, whose value is the mean of the corners; in a triangle, values are linear, and the area
/// where they are positive is a quotient.
struct InkDrawing {
    /// The sides that a picture may have, in pixels.
    static let sides = 8...2048

    /// Cells along a pixel of the field, at least: the outline bends by less than a level of gray between them.
    private static let cellsPerFieldPixel = 16
    /// Cells along a pixel of the picture, at least.
    private static let cellsPerPixel = 2

    private let field: InkField
    private let columns: Axis
    private let rows: Axis
    private let side: Int
    /// Cells along a pixel of the picture.
    private let cells: Int

    /// Nil without ink.
    init?(_ field: InkField, side: Int) {
        precondition(Self.sides.contains(side))
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
    ///   - side: the picture's, one of `sides`.
    ///   - pixels: [side][side]
    static func draw(
        _ field: UnsafePointer<Int32>, stride: Int, side: Int, into pixels: UnsafeMutablePointer<UInt8>
    ) {
        pixels.update(repeating: 0, count: side * side)
        InkDrawing(InkField(field, stride: stride), side: side)?.draw(into: pixels)
    }

    /// The lines of a lattice in one direction.
    private struct Axis {
        /// The lattice's lines, (pixels · cells + 1); those beyond the field are moved to its edge.
        let places: [SplinePlace]
        /// The widths of the cells; 0 beyond the field.
        let widths: [Int]
        /// The whole widths of the picture's pixels.
        let pixels: [Int]

        init(start: Int, _ frame: InkFrame, pixels count: Int, cells: Int) {
            let positions = (0...count * cells).map { start + frame.distance($0, of: count * cells) }
            let inside = positions.map { min(max($0, 0), InkField.end) }
            places = inside.map(SplinePlace.init)
            widths = zip(inside, inside.dropFirst()).map { $1 - $0 }
            pixels = (0..<count).map { positions[($0 + 1) * cells] - positions[$0 * cells] }
        }

        /// The width of a pixel that lies in the field.
        func inside(_ pixel: Int, cells: Int) -> Int {
            widths[pixel * cells..<(pixel + 1) * cells].reduce(0, +)
        }

        /// The field's pixels that a pixel lies in.
        func fieldPixels(_ pixel: Int, cells: Int) -> ClosedRange<Int> {
            places[pixel * cells].middle...places[(pixel + 1) * cells].middle
        }
    }

    private func draw(into pixels: UnsafeMutablePointer<UInt8>) {
        let spans = (0..<side).map { columns.fieldPixels($0, cells: cells) }
        let wholeWidth = (0..<side).map { columns.inside($0, cells: cells) == columns.pixels[$0] }
        let lineCount = cells + 1
        withUnsafeTemporaryAllocation(of: Int.self, capacity: lineCount * (InkField.side + lineCount)) {
            buffer in
            guard let lines = buffer.baseAddress else { return }
            let corners = lines + lineCount * InkField.side
            for y in 0..<side where rows.inside(y, cells: cells) > 0 {
                let known = knownCells(rows.fieldPixels(y, cells: cells))
                guard known.contains(where: { $0 != .paper }) else { continue }
                for index in 0..<lineCount {
                    field.interpolate(at: rows.places[y * cells + index], into: lines + index * InkField.side)
                }
                let isWhole = rows.inside(y, cells: cells) == rows.pixels[y]
                for x in 0..<side {
                    let cell = known[spans[x]].dropFirst().reduce(
                        known[spans[x].lowerBound], InkField.Cell.joined)
                    if cell == .paper { continue }
                    pixels[y * side + x] =
                        cell == .ink && isWhole && wholeWidth[x] ? 255 : level(x, y, lines, corners)
                }
            }
        }
    }

    /// What is known about the field's columns in some of its rows.
    private func knownCells(_ rows: ClosedRange<Int>) -> [InkField.Cell] {
        (0..<InkField.side).map { x in
            rows.dropFirst().reduce(field.cells[rows.lowerBound * InkField.side + x]) {
                .joined($0, field.cells[$1 * InkField.side + x])
            }
        }
    }

    /// The level of a pixel.
    ///
    /// - Parameters:
    ///   - lines: the field at the lattice's lines across the pixel, [cells + 1][28].
    ///   - corners: room for [cells + 1][cells + 1].
    private func level(
        _ x: Int, _ y: Int, _ lines: UnsafePointer<Int>, _ corners: UnsafeMutablePointer<Int>
    ) -> UInt8 {
        let lineCount = cells + 1
        columns.places.withUnsafeBufferPointer { places in
            for row in 0..<lineCount {
                let line = lines + row * InkField.side
                for column in 0..<lineCount {
                    corners[row * lineCount + column] = places[x * cells + column].value(line)
                }
            }
        }
        var covered = 0
        for row in 0..<cells {
            var sum = 0
            for column in 0..<cells {
                let (upper, lower) = (
                    corners + row * lineCount + column, corners + (row + 1) * lineCount + column
                )
                sum +=
                    columns.widths[x * cells + column]
                    * InkCell.covered(upper[0], upper[1], lower[1], lower[0])
            }
            covered += sum * rows.widths[y * cells + row]
        }
        let whole = InkCell.whole * columns.pixels[x] * rows.pixels[y]
        return UInt8((510 * covered + whole) / (2 * whole))
    }
}

/// The part of a square that ink covers, by the values at its corners.
enum InkCell {
    /// The area of a triangle, and of the square.
    private static let triangle = 1 << 12
    static let whole = 4 * triangle
    /// Values are reduced to so many bits, that their squares times `triangle` are integers.
    private static let bits = 22

    /// The area that is positive; corners in turn around the square.
    static func covered(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Int {
        if a > 0, b > 0, c > 0, d > 0 { return whole }
        if a <= 0, b <= 0, c <= 0, d <= 0 { return 0 }
        let greatest = max(a.magnitude, b.magnitude, c.magnitude, d.magnitude)
        let shift = max(0, UInt.bitWidth - greatest.leadingZeroBitCount - bits)
        let corners = SIMD4(a, b, c, d) &>> SIMD4(repeating: shift)
        // Four times all values, so that the centre's is an integer.
        let centre = corners.wrappedSum()
        let (a, b, c, d) = (4 * corners[0], 4 * corners[1], 4 * corners[2], 4 * corners[3])
        return covered(centre, a, b) + covered(centre, b, c) + covered(centre, c, d) + covered(centre, d, a)
    }

    /// The area of a triangle where what is linear between its corners is positive.
    private static func covered(_ a: Int, _ b: Int, _ c: Int) -> Int {
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
    private static func corner(_ a: Int, _ b: Int, _ c: Int) -> Int {
        let denominator = (a - b) * (a - c)
        return (a * a * triangle + denominator / 2) / denominator
    }
}
