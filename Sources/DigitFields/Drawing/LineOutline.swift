import DigitGen

/// The outlines of a line: what a `LinePicture` shows, at any size. Coordinates are parts of the picture's pixels, x to
/// the right and y downwards.
package struct LineOutline: Equatable, Sendable {
    /// The outline of a character.
    package enum Shape: Equatable, Sendable {
        /// Loops as those of an `InkOutline`, with even coordinates; none without ink.
        case ink([[SIMD2<Int>]])
        /// Strokes of a pen.
        case strokes([Stroke])
    }

    /// A quadratic Bézier curve with round ends.
    package struct Stroke: Equatable, Sendable {
        package let start: SIMD2<Int>
        package let control: SIMD2<Int>
        package let end: SIMD2<Int>
        /// The mean of its widths: a pen's width changes by a few percent.
        package let width: Int
    }

    /// A printed rectangle.
    package struct Rectangle: Equatable, Sendable {
        package let left: Int
        package let top: Int
        package let width: Int
        package let height: Int
    }

    /// Pixels of the picture.
    package let width: Int
    package let height: Int
    /// The characters that are not spaces, in order.
    package let characters: [Shape]
    /// The lines of a comb.
    package let printed: [Rectangle]
}

extension LineOutline {
    /// Units of a digit's outline along a step of the lattice of its ink.
    private static let unitsPerStep = 64
    /// The same along a side of its field.
    static let extent = 2 * DrawnField.side * unitsPerStep

    /// - Parameters:
    ///   - request, inks: as of `LinePicture`.
    ///   - outlines: those of the inks in their fields, `extent` across.
    ///   - parts: of a pixel.
    init(_ request: LineRequest, inks: [DigitInk?], outlines: [InkOutline], parts: Int) {
        let style = request.style
        let layout = LineLayout(request.text, inks: inks, style: style, lineHand: request.lineHand)
        let frame = LineFrame(layout.bounds, style)
        width = style.across ?? frame.width
        height = style.height
        characters = layout.characters.map { character in
            switch character.shape {
            case .digit(let number, let width, let height):
                guard let ink = inks[number] else { return .ink([]) }
                let box = Rectangle(
                    left: frame.x(character.x, parts: parts),
                    top: frame.y(character.y + height, parts: parts),
                    width: frame.scaled(width, parts: parts), height: frame.scaled(height, parts: parts))
                return .ink(outlines[number].loops.map { $0.map { Self.moved($0, of: ink, to: box) } })
            case .strokes(let strokes):
                return .strokes(strokes.map { frame.outline($0, of: character, parts: parts) })
            }
        }
        printed = layout.printed.map { line in
            let (left, top) = (frame.x(line.left, parts: parts), frame.y(line.top, parts: parts))
            return Rectangle(
                left: left, top: top, width: frame.x(line.right, parts: parts) - left,
                height: frame.y(line.bottom, parts: parts) - top)
        }
    }

    /// A point of a digit's outline, moved to the box of its character; even.
    private static func moved(_ point: SIMD2<Int>, of ink: DigitInk, to box: Rectangle) -> SIMD2<Int> {
        func distance(_ point: Int, from first: Int, over count: Int, to length: Int) -> Int {
            Int(Int64(point - first * unitsPerStep) * Int64(length) / Int64(count * unitsPerStep))
        }
        let across = distance(point.x, from: ink.left, over: ink.width, to: box.width)
        let down = distance(point.y, from: ink.top, over: ink.height, to: box.height)
        return 2 &* SIMD2((box.left + across) / 2, (box.top + down) / 2)
    }
}

extension LineFrame {
    /// The outline of a stroke of a character.
    fileprivate func outline(
        _ stroke: PenStroke, of character: LineLayout.Character, parts: Int
    ) -> LineOutline.Stroke {
        func placed(_ point: SIMD2<Int>) -> SIMD2<Int> {
            SIMD2(x(character.x + point.x, parts: parts), y(character.y + point.y, parts: parts))
        }
        return LineOutline.Stroke(
            start: placed(stroke.start), control: placed(stroke.control), end: placed(stroke.end),
            width: scaled(stroke.radii.start + stroke.radii.end, parts: parts))
    }
}

extension LineDrawer {
    /// The outlines of a line.
    ///
    /// - Parameters:
    ///   - request: as of `draw`; if its line is too long for its picture, it is cut off there.
    ///   - parts: the coordinates' units in a pixel of the picture.
    package func outline(_ request: LineRequest, parts: Int) -> LineOutline {
        let keys = keys([request])
        let inks = DigitInks(count: keys.count, LineKernels(generator.plan.tier))
        var outlines: [InkOutline] = []
        generator.fields(keys) { index, field in
            inks.measure(field, digit: index)
            outlines.append(field.outline(extent: LineOutline.extent))
        }
        defer { withExtendedLifetime(inks) {} }
        return LineOutline(request, inks: keys.indices.map { inks[$0] }, outlines: outlines, parts: parts)
    }
}
