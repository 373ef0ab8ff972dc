import DigitFields
import DigitGen
import StrictJSON

/// A request for a line of text and the form of its reply.
package struct LineOperation: Equatable, Sendable {
    package var text: FieldText
    package var style: LineStyle
    /// The number of the line under its seed.
    package var first = 0
    package var hand = HandChoice()
    package var seed: UInt64
    /// The seed in the form of the request; nil without one.
    package var seedForm: JSONValue?
    package var model = DrawRequest.Model.default
    package var format = DrawOperation.Format.png

    private static let fields = [
        "id", "text", "layout", "height", "across", "margin", "spacing", "slope", "touch", "wander", "ink",
        "paper", "invert", "boxes", "first", "seed", "style", "vary", "diverse", "slant", "thickness",
        "width", "model", "format",
    ]

    /// Returns whether an object asks for a line: it has a text, or the layout of one.
    static func isRequested(by object: JSONObject) -> Bool {
        object["text"] != nil || object["layout"]?.string == "line"
    }

    /// Reads the fields of an object. Those that are missing keep their defaults; null is an error.
    init(_ object: JSONObject) throws(RequestError) {
        var text: FieldText?
        var numbers: [String: Int] = [:]
        var flags: Set<String> = []
        var seed: WideNumber?
        for member in object.members {
            let (key, value) = (member.key, member.value)
            switch key {
            case "id": break
            case "text": text = try Self.text(value)
            case "layout":
                guard value.string == "line" else {
                    throw .invalidField(
                        .invalidLayout, name: key, expected: #""line" for a text"#, found: value)
                }
            case "height", "across", "margin", "spacing", "slope", "touch", "wander", "ink", "paper":
                numbers[key] = try Self.number(value, name: key)
            case "invert", "boxes":
                if try DrawOperation.flag(value, .invalidLine, name: key) { flags.insert(key) }
            case "first": first = try DrawOperation.first(value)
            case "seed": seed = try DrawOperation.wideNumber(value, .invalidSeed, name: key)
            case "style": hand.number = try DrawOperation.wideNumber(value, .invalidStyle, name: key).value
            case "vary": hand.vary = try DrawOperation.vary(value)
            case "diverse":
                hand.isDiverse = try DrawOperation.flag(value, .unavailableStyle, name: key)
            case "slant", "thickness", "width":
                hand.targets.append(try DrawOperation.target(value, name: key))
            case "model": model = try DrawOperation.model(value)
            case "format": format = try DrawOperation.choice(value, .invalidFormat, name: key)
            default: throw .unknownField(key, known: Self.fields)
            }
        }
        guard let text else { throw .missingText }
        self.text = text
        self.seed = seed?.value ?? DrawRequest.randomSeed()
        seedForm = seed?.json
        do throws(LineError) {
            style = try LineStyle(
                height: numbers["height"], across: numbers["across"], margin: numbers["margin"],
                spacing: numbers["spacing"], slope: numbers["slope"], touch: numbers["touch"],
                wander: numbers["wander"], ink: numbers["ink"], paper: numbers["paper"],
                invert: flags.contains("invert"), hasBoxes: flags.contains("boxes"))
        } catch {
            throw .line(error)
        }
    }

    /// What a drawer gets.
    var request: LineRequest {
        LineRequest(
            text, style: style, seed: seed, index: first, hand: hand,
            pixelLimit: ServiceLimits.requestPixels)
    }

    /// About the pixels of the line's picture, and hardly ever fewer than it has.
    var estimatedPixels: Int {
        // With standard spacing, a character and the gap after it are hardly wider than the line is high.
        let percent = 100 + style.spacing - LineStyle.spacing.standard
        let width = text.characters.count * style.height * percent / 100
        return style.height * max(style.across ?? 0, width)
    }

    private static func text(_ value: JSONValue) throws(RequestError) -> FieldText {
        guard let text = value.string ?? value.number?.text else {
            throw .invalidField(.invalidText, name: "text", expected: "a string", found: value)
        }
        do throws(FieldError) { return try FieldText(text) } catch { throw .text(error) }
    }

    private static func number(_ value: JSONValue, name: String) throws(RequestError) -> Int {
        guard let number = try? value.number?.integer(as: Int.self) else {
            throw .invalidField(
                name == "height" ? .invalidHeight : .invalidLine, name: name, expected: "a whole number",
                found: value)
        }
        return number
    }
}
