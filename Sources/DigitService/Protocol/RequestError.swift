import DigitFields
import DigitGen
import StrictJSON

/// The reason why a line gets an error reply instead of what it asked for.
package enum RequestError: Error, Equatable, Sendable {
    /// More bytes than `ServiceLimits.lineBytes` without a newline.
    case lineTooLong
    /// Nothing, or only white space.
    case emptyLine
    /// UTF-16, recognized by its byte order mark.
    case utf16
    /// No JSON value, or more than one.
    case invalidJSON(JSONError)
    /// A JSON value that is neither an object nor digits.
    case notARequest(kind: String)
    /// A key that this request does not have.
    case unknownField(String, known: [String])
    /// The value of a field is invalid.
    case invalidField(ErrorCode, name: String, expected: String, found: JSONValue)
    /// No `digits` for a model that needs them.
    case missingDigits(model: String)
    /// A name that no model has.
    case unknownModel(String, available: [String])
    /// More pixels than `ServiceLimits.requestPixels`.
    case tooManyPixels(Int)
    /// A line without a text.
    case missingText
    /// A text that cannot be drawn.
    case text(FieldError)
    /// A line that cannot be drawn.
    case line(LineError)
    /// The fields contradict each other, or the model cannot draw them.
    case draw(DigitGeneratorError)
    /// A bug in this program, or a lack of memory.
    case `internal`(reason: String)

    /// The code of the reply.
    package var code: ErrorCode {
        switch self {
        case .lineTooLong: .lineTooLong
        case .emptyLine, .utf16, .invalidJSON: .invalidJSON
        case .notARequest: .invalidRequest
        case .unknownField: .unknownField
        case .invalidField(let code, _, _, _): code
        case .missingDigits: .missingDigits
        case .unknownModel: .unknownModel
        case .tooManyPixels: .tooManyPixels
        case .missingText: .missingText
        case .text: .invalidText
        case .line(.outOfRange("height", _, _)): .invalidHeight
        case .line(.tooLong), .line(.tooManyPixels): .textTooWide
        case .line: .invalidLine
        case .draw(let error): Self.code(of: error)
        case .internal: .internal
        }
    }

    private static func code(of error: DigitGeneratorError) -> ErrorCode {
        switch error {
        case .invalidDigits, .tooManyDigits: .invalidDigits
        case .invalidCount(let count, let allowed):
            count > allowed.upperBound ? .tooManyDigits : .invalidCount
        case .invalidFirst, .mutuallyExclusive(.first, _): .invalidFirst
        case .mutuallyExclusive(.style, _): .invalidStyle
        case .mutuallyExclusive(.vary, _), .missing: .invalidVary
        case .invalidMorph: .invalidMorph
        case .invalidStyle, .noStyle, .unreachableStyle, .noInkInExample: .unavailableStyle
        case .invalidSize: .invalidSize
        case .noInk, .noInkForLines: .noInk
        case .unconditional: .unconditionalModel
        case .unknownDigits: .unknownDigit
        case .unknownModel: .unknownModel
        case .noModels, .unreadable, .invalidBundle, .unknownTier, .unavailableTier, .mutuallyExclusive:
            .internal
        }
    }
}

extension RequestError: CustomStringConvertible {
    /// One line: what was wrong and what would be right.
    package var description: String {
        switch self {
        case .lineTooLong:
            "line longer than \(ServiceLimits.lineBytes) bytes; skipped up to its end"
        case .emptyLine:
            "empty line; expected one JSON value, such as {\"digits\":\"7\"}"
        case .utf16:
            "the line is UTF-16; expected UTF-8"
        case .invalidJSON(let error):
            "invalid JSON: \(error)"
        case .notARequest(let kind):
            "\(kind) is not a request; expected an object, or digits as a number or a string"
        case .unknownField(let key, let known):
            "unknown field \(Excerpt.of(.string(key))); expected one of \(known.joined(separator: ", "))"
        case .invalidField(_, let name, let expected, let found):
            "\(name) must be \(expected); got \(Excerpt.of(found))"
        case .missingDigits(let model):
            "digits is missing, and the model \(Excerpt.of(.string(model))) needs it"
        case .unknownModel(let name, let available):
            "unknown model \(Excerpt.of(.string(name))); expected one of \(available.joined(separator: ", "))"
        case .tooManyPixels(let count):
            "a request has at most \(ServiceLimits.requestPixels) pixels; got \(count); use first to request the rest"
        case .missingText:
            "text is missing, and a line needs it"
        case .text(let error):
            "invalid text: \(error)"
        case .line(let error):
            error.description
        case .draw(let error):
            code == .tooManyDigits
                ? "\(error), \(ServiceLimits.requestDigits) digits in all; use first to request the rest"
                : error.description
        case .internal(let reason):
            "internal error: \(reason)"
        }
    }
}

/// Quotes parts of a request in error messages, shortened in case they are hostile.
private enum Excerpt {
    private static let limit = 40

    static func of(_ value: JSONValue) -> String {
        switch value {
        case .array, .object: value.kind
        case .string(let text): JSONValue.string(shortened(text)).text
        default: shortened(value.text)
        }
    }

    private static func shortened(_ text: String) -> String {
        let start = text.unicodeScalars.prefix(limit)
        return start.endIndex == text.unicodeScalars.endIndex ? text : "\(String(start))…"
    }
}

/// The code of an error in its reply. Programs may rely on the codes: they never change their meaning.
package enum ErrorCode: String, CaseIterable, Sendable {
    /// The line is longer than `ServiceLimits.lineBytes`.
    case lineTooLong = "line_too_long"
    /// The line is not one JSON value.
    case invalidJSON = "invalid_json"
    /// The value is neither an object nor a number nor a string.
    case invalidRequest = "invalid_request"
    /// The object has a key that no request has.
    case unknownField = "unknown_field"
    /// `op` is not one of the operations.
    case unknownOperation = "unknown_op"
    /// A conditional model was not told what to draw.
    case missingDigits = "missing_digits"
    /// `digits` is not 1 to `ServiceLimits.numberDigits` digits.
    case invalidDigits = "invalid_digits"
    /// `count` is not a whole number of at least 1, or 2 with `morph`.
    case invalidCount = "invalid_count"
    /// All images together have more than `ServiceLimits.requestDigits` digits.
    case tooManyDigits = "too_many_digits"
    /// `first` is not in `ServiceLimits.firstImages`, or is not 0 beside `morph`.
    case invalidFirst = "invalid_first"
    /// `seed` is not a whole number from 0 to 2^64 - 1.
    case invalidSeed = "invalid_seed"
    /// `style` is not a whole number from 0 to 2^64 - 1, or stands beside a `morph` between styles.
    case invalidStyle = "invalid_style"
    /// `slant`, `thickness` or `width` is no number or range that the model can draw, or `diverse` is no flag.
    case unavailableStyle = "unavailable_style"
    /// `vary` is not a number from 0 to 1, or stands without `style` or beside `morph`.
    case invalidVary = "invalid_vary"
    /// `morph` is not an array of two whole numbers or, without `digits`, of two digits.
    case invalidMorph = "invalid_morph"
    /// `format` is not one of the formats.
    case invalidFormat = "invalid_format"
    /// `layout` is not one of the layouts.
    case invalidLayout = "invalid_layout"
    /// `size` is not a whole number in `Finish.sizes`, or not 28 with the finish `mnist`.
    case invalidSize = "invalid_size"
    /// `finish` is not one of the finishes.
    case invalidFinish = "invalid_finish"
    /// All images together have more than `ServiceLimits.requestPixels` pixels.
    case tooManyPixels = "too_many_pixels"
    /// A line has no `text`.
    case missingText = "missing_text"
    /// `text` has characters that cannot be drawn, or none, or too many.
    case invalidText = "invalid_text"
    /// `height` is not in the range of `LineStyle.height`.
    case invalidHeight = "invalid_height"
    /// Another number or flag of a line is not what it should be.
    case invalidLine = "invalid_line"
    /// A line is wider than its `across`, or has more pixels than `ServiceLimits.requestPixels`.
    case textTooWide = "text_too_wide"
    /// Drawn ink was asked of a model that has none.
    case noInk = "no_ink"
    /// No model has this name.
    case unknownModel = "unknown_model"
    /// Digits were asked of an unconditional model.
    case unconditionalModel = "unconditional_model"
    /// A digit was asked of a model whose training data had none of it.
    case unknownDigit = "unknown_digit"
    /// A bug in this program, or a lack of memory.
    case `internal` = "internal"
}
