import DigitGen
import StrictJSON

/// A request for images and the form of its reply.
package struct DrawOperation: Equatable, Sendable {
    /// The form in which images are stored.
    package enum Format: String, CaseIterable, Sendable {
        case png
        /// One byte a pixel, row by row from the top; 0 is background.
        case raw
    }

    /// The arrangement of the images.
    package enum Layout: String, CaseIterable, Sendable {
        /// All in one picture, as near square as possible.
        case grid
        /// Each by itself.
        case each
    }

    /// The images, with all their digits at most `ServiceLimits.requestDigits`.
    package var request: DrawRequest
    /// The seed in the form of the request; nil without one.
    package var seedForm: JSONValue?
    package var format = Format.png
    package var layout = Layout.grid

    private static let fields = [
        "id", "digits", "count", "first", "seed", "style", "vary", "diverse", "morph", "slant", "thickness",
        "width", "model", "size", "finish", "format", "layout", "op",
    ]

    package init(_ request: DrawRequest) {
        self.request = request
    }

    /// One image of the digits in a string or a number.
    init(digits value: JSONValue) throws(RequestError) {
        self.init(DrawRequest(.number(try Self.digits(value))))
    }

    /// Reads the fields of an object. Those that are missing keep their defaults; null is an error.
    init(_ object: JSONObject) throws(RequestError) {
        var digits: Digits?
        var count = 1
        var first = 0
        var seed: WideNumber?
        var style: WideNumber?
        var vary: Fraction?
        var isDiverse = false
        var targets: [StyleTarget] = []
        var morph: DrawRequest.Morph?
        var model = DrawRequest.Model.default
        var size: Int?
        var finish: Finish.Name?
        var format = Format.png
        var layout = Layout.grid
        for member in object.members {
            let (key, value) = (member.key, member.value)
            switch key {
            case "id": break
            case "digits": digits = try Self.digits(value)
            case "count": count = try Self.count(value)
            case "first": first = try Self.first(value)
            case "seed": seed = try Self.wideNumber(value, .invalidSeed, name: key)
            case "style": style = try Self.wideNumber(value, .invalidStyle, name: key)
            case "vary": vary = try Self.vary(value)
            case "diverse": isDiverse = try Self.flag(value, .unavailableStyle, name: key)
            case "slant", "thickness", "width": targets.append(try Self.target(value, name: key))
            case "morph": morph = try Self.morph(value)
            case "model": model = try Self.model(value)
            case "size": size = try Self.size(value)
            case "finish": finish = try Self.choice(value, .invalidFinish, name: key)
            case "format": format = try Self.choice(value, .invalidFormat, name: key)
            case "layout": layout = try Self.choice(value, .invalidLayout, name: key)
            default: throw .unknownField(key, known: Self.fields)
            }
        }
        do throws(DigitGeneratorError) {
            request = try DrawRequest(
                digits: digits, count: count, first: first, style: style?.value, vary: vary,
                isDiverse: isDiverse, targets: targets, morph: morph, seed: seed?.value, model: model,
                finish: Finish(finish, size: size),
                countLimit: ServiceLimits.requestDigits / (digits?.values.count ?? 1))
        } catch {
            throw .draw(error)
        }
        let pixels = request.count * request.digitsPerImage * request.finish.size * request.finish.size
        guard pixels <= ServiceLimits.requestPixels else { throw .tooManyPixels(pixels) }
        seedForm = seed?.json
        self.format = format
        self.layout = layout
    }

    /// Digits from a string, or from a number that is written with digits alone.
    private static func digits(_ value: JSONValue) throws(RequestError) -> Digits {
        do throws(DigitGeneratorError) {
            return try Digits(value.string ?? value.number?.text ?? "")
        } catch {
            guard case .invalidDigits = error else { throw .draw(error) }
            throw .invalidField(
                .invalidDigits, name: "digits",
                expected: #"1 to 64 digits from 0 to 9, such as "7" or "90210""#, found: value)
        }
    }

    /// A count, not yet checked; one beyond the integers becomes the greatest of them, which is an error, too.
    private static func count(_ value: JSONValue) throws(RequestError) -> Int {
        guard let number = value.number, number.isInteger, number.text != "-0" else {
            throw .invalidField(.invalidCount, name: "count", expected: "a whole number", found: value)
        }
        return Int(number.text) ?? (number.text.hasPrefix("-") ? .min : .max)
    }

    static func first(_ value: JSONValue) throws(RequestError) -> Int {
        guard let first = try? value.number?.integer(as: Int.self), ServiceLimits.firstImages.contains(first)
        else {
            throw .invalidField(
                .invalidFirst, name: "first",
                expected: "a whole number from 0 to \(ServiceLimits.firstImages.upperBound)", found: value)
        }
        return first
    }

    private static func size(_ value: JSONValue) throws(RequestError) -> Int {
        guard let size = try? value.number?.integer(as: Int.self), Finish.sizes.contains(size) else {
            throw .invalidField(
                .invalidSize, name: "size",
                expected: "a whole number from \(Finish.sizes.lowerBound) to \(Finish.sizes.upperBound)",
                found: value)
        }
        return size
    }

    static func wideNumber(
        _ value: JSONValue, _ code: ErrorCode, name: String
    ) throws(RequestError) -> WideNumber {
        guard let number = WideNumber(value) else {
            throw .invalidField(code, name: name, expected: WideNumber.expectation, found: value)
        }
        return number
    }

    /// A number, or a range as an array of two.
    static func target(_ value: JSONValue, name: String) throws(RequestError) -> StyleTarget {
        let ends = value.array ?? [value]
        let numbers = ends.compactMap { try? $0.number?.double() }
        guard let measure = StyleMeasure(rawValue: name), (1...2).contains(ends.count),
            numbers.count == ends.count
        else {
            throw .invalidField(
                .unavailableStyle, name: name, expected: "a number or an array of two", found: value)
        }
        do throws(DigitGeneratorError) {
            return try StyleTarget(measure, numbers[0], to: numbers[numbers.count - 1])
        } catch {
            throw .draw(error)
        }
    }

    static func flag(
        _ value: JSONValue, _ code: ErrorCode, name: String
    ) throws(RequestError) -> Bool {
        guard case .bool(let isSet) = value else {
            throw .invalidField(code, name: name, expected: "true or false", found: value)
        }
        return isSet
    }

    static func vary(_ value: JSONValue) throws(RequestError) -> Fraction {
        guard let number = try? value.number?.double(), let vary = Fraction(number) else {
            throw .invalidField(.invalidVary, name: "vary", expected: "a number from 0 to 1", found: value)
        }
        return vary
    }

    private static func morph(_ value: JSONValue) throws(RequestError) -> DrawRequest.Morph {
        let numbers = (value.array ?? []).map { WideNumber($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1] else {
            throw .invalidField(
                .invalidMorph, name: "morph",
                expected: "an array of two numbers, each \(WideNumber.expectation)",
                found: value)
        }
        return DrawRequest.Morph(first: first.value, last: last.value)
    }

    static func model(_ value: JSONValue) throws(RequestError) -> DrawRequest.Model {
        guard let name = value.string else {
            throw .invalidField(
                .unknownModel, name: "model", expected: "the name of a model in a string", found: value)
        }
        return .named(name)
    }

    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSONValue, _ code: ErrorCode, name: String
    ) throws(RequestError) -> Choice where Choice.RawValue == String {
        guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map { "\"\($0.rawValue)\"" }
            throw .invalidField(code, name: name, expected: names.joined(separator: " or "), found: value)
        }
        return choice
    }
}

/// A 64-bit whole number in a request: a JSON number, or a string for programs that store numbers as doubles and change
/// those above 2^53, such as jq and JavaScript.
struct WideNumber {
    let value: UInt64
    /// The number in the form of the request.
    let json: JSONValue

    /// The text that errors show of what is allowed.
    static let expectation = "a whole number from 0 to \(UInt64.max), as a number or in a string"

    /// nil unless `json` is written as a JSON integer is, without sign, leading zeros or exponent.
    init?(_ json: JSONValue) {
        guard let text = json.string ?? json.number?.text, let value = UInt64(text), String(value) == text
        else {
            return nil
        }
        self.value = value
        self.json = json
    }
}
