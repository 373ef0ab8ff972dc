import DigitFields
import DigitGen
import Platform
import StrictJSON

/// The reason why a line cannot be drawn, as a sentence: a text, a style or a model may be to blame.
struct LineMistake: Error, CustomStringConvertible {
    let description: String

    /// Calls `body`, and says in a sentence what it throws.
    static func saying<Mistake: ProgramError, Value>(
        _ body: () throws(Mistake) -> Value
    ) throws(LineMistake) -> Value {
        do throws(Mistake) { return try body() } catch { throw LineMistake(description: error.description) }
    }
}

extension LineRequest {
    /// A request for a line as JavaScript writes it: a text and numbers.
    init(_ text: String, _ options: WebOptions) throws(LineMistake) {
        self.init(
            try LineMistake.saying { () throws(FieldError) in try FieldText(text) },
            style: try LineMistake.saying { () throws(LineError) in try Self.style(options) },
            seed: options.seed, index: options.integer(.first) ?? 0,
            hand: HandChoice(
                number: options.style, vary: options.vary,
                targets: try LineMistake.saying { () throws(DigitGeneratorError) in try options.targets }))
    }

    private static func style(_ options: WebOptions) throws(LineError) -> LineStyle {
        try LineStyle(
            height: options.integer(.height), across: options.integer(.across),
            margin: options.integer(.margin), spacing: options.integer(.spacing),
            slope: options.integer(.slope), touch: options.integer(.touch), wander: options.integer(.wander),
            ink: options.integer(.ink), paper: options.integer(.paper), invert: options.flag(.invert),
            hasBoxes: options.flag(.boxes))
    }

    /// The drawer of the line, which its model can draw.
    func drawer(_ generator: DigitGenerator) throws(LineMistake) -> LineDrawer {
        try LineMistake.saying { () throws(DigitGeneratorError) in
            let drawer = try LineDrawer(generator)
            try drawer.check(text, hand)
            return drawer
        }
    }
}

extension LinePicture {
    /// The pixels, the boxes as four numbers of 32 bits each, and the text.
    var webBytes: [UInt8] {
        var bytes = pixels
        for box in boxes {
            for number in [box.x, box.y, box.width, box.height] {
                for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
            }
        }
        return bytes + text.characters
    }
}

extension LineOutline {
    /// As JSON: the picture's `width` and `height`, its `characters`, each the path `d` of filled ink or of a pen that
    /// is `pen` wide, and the path of the `printed` lines.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("width")
        writer.integer(width)
        writer.key("height")
        writer.integer(height)
        writer.key("characters")
        writer.beginArray()
        for character in characters {
            writer.beginObject()
            writer.key("d")
            switch character {
            case .ink(let loops): writer.string(SVGPath.text(loops))
            case .strokes(let strokes):
                writer.string(strokes.reduce(into: "") { SVGPath.append($1, to: &$0) })
                writer.key("pen")
                writer.double(Double(strokes.first?.width ?? 0) / Double(SVGPath.unitsPerPixel))
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("printed")
        writer.string(printed.reduce(into: "") { SVGPath.append($1, to: &$0) })
        writer.endObject()
        return writer.text
    }
}

extension SVGPath {
    /// The path of loops.
    static func text(_ loops: [[SIMD2<Int>]]) -> String {
        loops.reduce(into: "") { append($1, to: &$0) }
    }

    fileprivate static func append(_ stroke: LineOutline.Stroke, to text: inout String) {
        append("M", stroke.start, to: &text)
        append("Q", stroke.control, to: &text)
        append(" ", stroke.end, to: &text)
    }

    fileprivate static func append(_ rectangle: LineOutline.Rectangle, to text: inout String) {
        let (left, top) = (rectangle.left, rectangle.top)
        let (right, bottom) = (left + rectangle.width, top + rectangle.height)
        append("M", SIMD2(left, top), to: &text)
        append("L", SIMD2(right, top), to: &text)
        append(" ", SIMD2(right, bottom), to: &text)
        append(" ", SIMD2(left, bottom), to: &text)
        text += "Z"
    }
}
