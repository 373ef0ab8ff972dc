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
    ///   - fields: of the text's digits, in order, [28][28] each.
    ///   - pen: the field of a digit that tells how the hand writes; nil if the text has digits.
    /// - Throws: `LineError.tooLong`.
    init(_ request: LineRequest, fields: UnsafePointer<Int16>, pen: UnsafePointer<Int16>?) throws(LineError) {
        let style = request.style
        let area = DrawnField.side * DrawnField.side
        let inks = (0..<request.text.digitCount).map { DigitInk(fields + $0 * area) }
        let layout = LineLayout(
            request.text, inks: inks, pen: pen.flatMap(DigitInk.init), style: style,
            lineHand: request.lineHand)
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
                        DigitRaster.draw(
                            fields + number * area,
                            across: frame.across(character.x, width, first: ink.left, count: ink.width),
                            down: frame.down(
                                character.y + height, height, first: ink.top, count: ink.height,
                                canvas.rowsPerPixel),
                            on: &canvas)
                    }
                case .strokes(let strokes):
                    StrokeRaster.draw(
                        strokes.flatMap { frame.parts($0, x: character.x, y: character.y) }, on: &canvas)
                }
            return box ?? frame.emptyBox(character)
        }
        pixels = Self.levels(canvas, frame.comb(layout.printed, width: width), style)
    }

    /// The pixels of a canvas of ink and of one of print, which is paler.
    private static func levels(_ canvas: InkCanvas, _ comb: InkCanvas?, _ style: LineStyle) -> [UInt8] {
        let whole = canvas.whole
        // By shares; halves are rounded away from paper.
        let levels = (0...whole).map { share in
            let way = (Int(style.ink) - Int(style.paper)) * share
            return UInt8(Int(style.paper) + (2 * way + (way < 0 ? -whole : whole)) / (2 * whole))
        }
        let count = canvas.width * canvas.height
        var pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            canvas.measure(into: base)
            initialized = count
        }
        if let comb {
            var print = [UInt8](repeating: 0, count: count)
            print.withUnsafeMutableBufferPointer { buffer in
                if let base = buffer.baseAddress { comb.measure(into: base) }
            }
            for index in pixels.indices {
                pixels[index] = max(pixels[index], UInt8(Int(print[index]) * 9 / 16))
            }
        }
        for index in pixels.indices { pixels[index] = levels[Int(pixels[index])] }
        return pixels
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

    func across(_ left: Int, _ width: Int, first: Int, count: Int) -> DigitRaster.Span {
        let points = InkCanvas.pointsPerPixel
        return DigitRaster.Span(
            start: x(left, parts: points), points: max(1, scaled(width, parts: points)), first: first,
            count: count)
    }

    func down(_ top: Int, _ height: Int, first: Int, count: Int, _ rows: Int) -> DigitRaster.Span {
        DigitRaster.Span(
            start: y(top, parts: rows), points: max(1, scaled(height, parts: rows)), first: first,
            count: count)
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
