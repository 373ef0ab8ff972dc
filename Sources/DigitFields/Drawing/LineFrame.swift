import CKernels
import DigitGen

/// The map from a layout to the pixels of its picture.
struct LineFrame {
    private let bounds: LineLayout.Bounds
    private let margin: Int
    /// Pixels that the layout's height takes.
    private let height: Int
    /// Pixels across, with both margins.
    let width: Int

    init(_ bounds: LineLayout.Bounds, _ style: LineStyle) {
        self.bounds = bounds
        margin = style.margin
        height = style.height - 2 * style.margin
        let units = bounds.top - bounds.bottom
        width = ((bounds.right - bounds.left) * height + units - 1) / units + 2 * style.margin
    }

    /// A length in parts of a pixel, rounded to the nearest.
    func scaled(_ length: Int, parts: Int) -> Int {
        let units = 2 * Int64(bounds.top - bounds.bottom)
        // Of a long line, beyond 32 bits.
        let product = 2 * Int64(length) * Int64(height * parts) + units / 2
        let quotient = product / units
        return Int(product < 0 && quotient * units != product ? quotient - 1 : quotient)
    }

    func x(_ x: Int, parts: Int) -> Int { margin * parts + scaled(x - bounds.left, parts: parts) }
    func y(_ y: Int, parts: Int) -> Int { margin * parts + scaled(bounds.top - y, parts: parts) }

    /// The points that the columns of a digit's ink take.
    func across(_ left: Int, _ width: Int, of ink: DigitInk) -> dg_span {
        let points = InkCanvas.pointsPerPixel
        return dg_span(
            start: Int32(x(left, parts: points)), points: Int32(max(1, scaled(width, parts: points))),
            first: Int32(ink.left), count: Int32(ink.width))
    }

    /// The rows of points that its rows take.
    func down(_ top: Int, _ height: Int, of ink: DigitInk, _ rowsPerPixel: Int) -> dg_span {
        dg_span(
            start: Int32(y(top, parts: rowsPerPixel)),
            points: Int32(max(1, scaled(height, parts: rowsPerPixel))), first: Int32(ink.top),
            count: Int32(ink.height))
    }

    /// The parts of a stroke, which is never thinner than can be seen.
    func parts(_ stroke: PenStroke, x originX: Int, y originY: Int) -> [StrokeRaster.Part] {
        let unit = StrokeRaster.unit
        func point(_ part: Int) -> SIMD2<Int> {
            let point = stroke.point(part)
            return SIMD2(x(originX + point.x, parts: unit), y(originY + point.y, parts: unit))
        }
        return (0..<PenStroke.parts).map { part in
            StrokeRaster.Part(
                from: point(part), to: point(part + 1),
                radius: max(unit * 3 / 8, scaled(stroke.radius(part), parts: unit)))
        }
    }

    /// The place of a character without ink.
    func emptyBox(_ character: LineLayout.Character) -> PixelBox {
        PixelBox(
            x: max(0, x(character.x, parts: 1)), y: max(0, y(character.y, parts: 1)), width: 0, height: 0)
    }

    /// The canvas of the printed lines; nil without any.
    func comb(_ lines: [LineLayout.Bounds], width: Int) -> InkCanvas? {
        guard !lines.isEmpty else { return nil }
        var canvas = InkCanvas(width: width, height: height + 2 * margin)
        let (points, rows) = (InkCanvas.pointsPerPixel, canvas.rowsPerPixel)
        for line in lines {
            let (left, right) = (x(line.left, parts: points), x(line.right, parts: points))
            let (top, bottom) = (y(line.top, parts: rows), y(line.bottom, parts: rows))
            let columns = max(left / points, 0)..<max(right / points, left / points, 0) + 1
            _ = canvas.add(rows: top..<max(bottom, top + 1), columns: columns) { _, bytes in
                for point in max(left, 0)..<max(right, left + 1, 1) where point / points < width {
                    bytes[point / points - columns.lowerBound] |= 1 << UInt8(point % points)
                }
            }
        }
        return canvas
    }
}
