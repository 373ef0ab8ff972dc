import DigitGen
import StrictJSON

/// Why a line gets an error reply instead of what it asked for.
package enum RequestError: Error, Equatable, Sendable {
    /// More bytes than `ServiceLimits.lineBytes` without a newline.
    case lineTooLong
    /// Nothing, or only white space.
    case emptyLine
    /// UTF-16, told by its byte order mark.
    case utf16
    /// No JSON value, or more than one.
    case invalidJSON(JSONError)
    /// A JSON value of another kind; `kind` says which.
    case notARequest(kind: String)
    /// A key that is not among those of this request.
    case unknownField(String, known: [String])
    /// The value of a field is not one of those possible.
    case invalidField(ErrorCode, name: String, found: JSONValue, expected: String)
    /// No `digits` for a model that needs them.
    case missingDigits(model: String)
    /// More digits in a number than `ServiceLimits.numberDigits`.
    case numberTooLong(digits: Int)
    /// More digits in all than `ServiceLimits.requestDigits`; `limit` is the greatest count for this number.
    case tooManyDigits(count: String, digits: Int, limit: Int)
    /// A name that no model has.
    case unknownModel(String, available: [String])
    /// Digits asked of a model that cannot be told.
    case unconditionalModel(String, conditionalModels: [String])
    /// Digits asked of a model that knows only others.
    case unknownDigits([UInt8], model: String, known: [UInt8])
    /// A fault of this program.
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
        case .numberTooLong: .invalidDigits
        case .tooManyDigits: .tooManyDigits
        case .unknownModel: .unknownModel
        case .unconditionalModel: .unconditionalModel
        case .unknownDigits: .unknownDigit
        case .internal: .internal
        }
    }
}

extension RequestError: CustomStringConvertible {
    /// What was wrong, where, and what would be right.
    package var description: String {
        switch self {
        case .lineTooLong:
            "the line is longer than \(ServiceLimits.lineBytes) bytes; it was skipped up to its end"
        case .emptyLine:
            "the line is empty; write one JSON value a line, such as {\"digits\":\"7\"}"
        case .utf16:
            "the line is UTF-16; write UTF-8"
        case .invalidJSON(let error):
            "the line is not one JSON value: \(error)"
        case .notARequest(let kind):
            "\(kind) is no request; write an object, or a number or a string of digits"
        case .unknownField(let key, let known):
            "there is no field \(Excerpt.of(.string(key))); there are \(known.joined(separator: ", "))"
        case .invalidField(_, let name, let found, let expected):
            "\(name) is \(Excerpt.of(found)); it must be \(expected)"
        case .missingDigits(let model):
            "digits is missing; the model \(Excerpt.of(.string(model))) draws what it is asked for"
        case .numberTooLong(let digits):
            "digits has \(digits) digits; a number has at most \(ServiceLimits.numberDigits)"
        case .tooManyDigits(let count, let digits, let limit):
            "count is \(Excerpt.shortened(count)); it must be at most \(limit) for \(digits) "
                + "\(digits == 1 ? "digit" : "digits") an image, \(ServiceLimits.requestDigits) digits in all; "
                + "ask for more by further requests with first"
        case .unknownModel(let name, let available):
            "there is no model \(Excerpt.of(.string(name))); there are \(available.joined(separator: ", "))"
        case .unconditionalModel(let name, let conditionalModels):
            "the model \(Excerpt.of(.string(name))) cannot be told which digit to draw; "
                + (conditionalModels.isEmpty
                    ? "leave digits and morph out"
                    : "use \(conditionalModels.joined(separator: " or ")), or leave digits and morph out")
        case .unknownDigits(let digits, let model, let known):
            DigitGeneratorError.unknownDigits(digits, model: model, known: known).description
        case .internal(let reason):
            "the images could not be made: \(reason)"
        }
    }
}

/// Quotes a request in an error message, of which hostile ones must not make a long one.
private enum Excerpt {
    private static let limit = 40

    static func of(_ value: JSONValue) -> String {
        switch value {
        case .array, .object: value.kind
        case .string(let text): JSONValue.string(shortened(text)).text
        default: shortened(value.text)
        }
    }

    static func shortened(_ text: String) -> String {
        let start = text.unicodeScalars.prefix(limit)
        return start.endIndex == text.unicodeScalars.endIndex ? text : "\(String(start))…"
    }
}
