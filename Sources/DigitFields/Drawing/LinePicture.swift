import CKernels
import DigitGen

/// A drawn line and what is known about it.
package struct LinePicture: Equatable, Sendable {
    package let text: FieldText
    package let width: Int
    package let height: Int
    /// [height][width]
    package let pixels: [UInt8]
    /// The boxes around the ink of the characters that are not spaces, in order; one without ink is empty.
    package let boxes: [PixelBox]
}

extension LinePicture {
    /// Draws a line.
    ///
    /// - Parameters:
    ///   - request: the text and how it looks.
    ///   - inks: those of the text's digits, in order; if it has none, that of a digit that tells how the hand writes.
    /// - Throws: `LineError.tooLong`.
    init(_ request: LineRequest, inks: [DigitInk?], by kernels: LineKernels) throws(LineError) {
        let style = request.style
        let layout = LineLayout(request.text, inks: inks, style: style, lineHand: request.lineHand)
        let frame = LineFrame(layout.bounds, style)
        if let limit = style.across, frame.width > limit {
            throw .tooLong(text: request.text.description, width: frame.width, limit: limit)
        }
        guard frame.width <= LineStyle.across.range.upperBound else {
            throw .tooLong(
                text: request.text.description, width: frame.width, limit: LineStyle.across.range.upperBound)
        }
        text = request.text
        height = style.height
        width = style.across ?? frame.width
        var canvas = InkCanvas(width: width, height: height)
        boxes = layout.characters.map { character in
            let box =
                switch character.shape {
                case .digit(let number, let width, let height):
                    inks[number].flatMap { ink in
                        canvas.add(
                            ink, across: frame.across(character.x, width, of: ink),
                            down: frame.down(character.y + height, height, of: ink, canvas.rowsPerPixel),
                            by: kernels)
                    }
                case .strokes(let strokes):
                    StrokeRaster.draw(
                        strokes.flatMap { frame.parts($0, x: character.x, y: character.y) }, on: &canvas)
                }
            return box ?? frame.emptyBox(character)
        }
        pixels = Self.levels(canvas, frame.comb(layout.printed, width: width), style, kernels)
    }

    /// The pixels of a canvas of ink and of one of print, which is paler.
    private static func levels(
        _ canvas: consuming InkCanvas, _ comb: consuming InkCanvas?, _ style: LineStyle,
        _ kernels: LineKernels
    ) -> [UInt8] {
        let count = canvas.width * canvas.height
        let table = table(style, whole: canvas.whole)
        return [UInt8](unsafeUninitializedCapacity: count + Int(DG_CANVAS_ROOM)) { buffer, initialized in
            guard let pixels = buffer.baseAddress else { return }
            canvas.measure(into: pixels, by: kernels)
            initialized = count
            if comb != nil {
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + Int(DG_CANVAS_ROOM)) {
                    print in
                    guard let print = print.baseAddress else { return }
                    comb?.measure(into: print, by: kernels)
                    for index in 0..<count {
                        pixels[index] = max(pixels[index], UInt8(Int(print[index]) * 9 / 16))
                    }
                }
            }
            table.withUnsafeBufferPointer { table in
                if let table = table.baseAddress { kernels.lookUp(table, pixels, count: count) }
            }
        }
    }

    /// The levels of shares of ink; halves are rounded away from paper.
    private static func table(_ style: LineStyle, whole: Int) -> [UInt8] {
        let way = Int(style.ink) - Int(style.paper)
        return (0..<256).map { share in
            let product = way * min(share, whole)
            return UInt8(Int(style.paper) + (2 * product + (product < 0 ? -whole : whole)) / (2 * whole))
        }
    }
}

/// The map from a layout to the pixels of its picture.
private struct LineFrame {
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
    private func scaled(_ length: Int, parts: Int) -> Int {
        let units = 2 * (bounds.top - bounds.bottom)
        let product = 2 * length * height * parts + units / 2
        let quotient = product / units
        return product < 0 && quotient * units != product ? quotient - 1 : quotient
    }

    private func x(_ x: Int, parts: Int) -> Int { margin * parts + scaled(x - bounds.left, parts: parts) }
    private func y(_ y: Int, parts: Int) -> Int { margin * parts + scaled(bounds.top - y, parts: parts) }

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
