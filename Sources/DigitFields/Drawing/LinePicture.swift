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
    /// - Throws: `LineError.tooLong` or `.tooManyPixels`, before there are any pixels.
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
        let width = style.across ?? frame.width
        if let limit = request.pixelLimit, width * style.height > limit {
            throw .tooManyPixels(
                text: request.text.description, width: width, height: style.height, limit: limit,
                hasAcross: style.across != nil)
        }
        text = request.text
        height = style.height
        self.width = width
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
