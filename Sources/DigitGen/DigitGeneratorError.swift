import DigitModel
import Platform

/// The reason why digits could not be drawn.
public enum DigitGeneratorError: Error, Equatable, Sendable {
    /// No model of the program has this name.
    case unknownModel(String, available: [String])
    /// The program was built without models.
    case noModels
    /// The file cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The bytes are not a bundle of this format; the reason says where they go wrong.
    case invalidBundle(source: String, reason: String)
    /// DIGITGEN_ISA names no tier of this program.
    case unknownTier(String, known: [String])
    /// DIGITGEN_ISA names a tier that this processor does not have.
    case unavailableTier(String, available: [String])
    /// The text holds something other than digits, or nothing.
    case invalidDigits(String)
    /// The number has too many digits.
    case tooManyDigits(Int, limit: Int)
    /// Too few or too many images.
    case invalidCount(Int, allowed: ClosedRange<Int>)
    /// The number of the first image is out of range.
    case invalidFirst(Int)
    /// The size of an image is out of the range of its finish.
    case invalidSize(Int, finish: Finish)
    /// A measure of the style that no digit has, or a range from the greater to the less.
    case invalidStyle(StyleMeasure)
    /// A style requested from a model that obeys none.
    case noStyle(DrawRequest.Field, model: String, styleModels: [String])
    /// Pictures without ink, where a hand should be like their digits.
    case noInkInExample
    /// A style in which the model cannot draw a digit; `least` and `greatest` are what it can, in steps of the measure.
    case unreachableStyle(StyleTarget, model: String, digit: UInt8, least: Int32, greatest: Int32)
    /// A morph without digits whose ends are not digits.
    case invalidMorph
    /// Two mutually exclusive parts of a request.
    case mutuallyExclusive(DrawRequest.Field, DrawRequest.Field)
    /// A part of a request that another one needs.
    case missing(DrawRequest.Field, neededBy: DrawRequest.Field)
    /// Digits requested from an unconditional model.
    case unconditional(model: String, conditionalModels: [String])
    /// Ink requested from a model that draws none.
    case noInk(model: String, finish: Finish, inkModels: [String])
    /// A line requested from a model that draws no ink.
    case noInkForLines(model: String, inkModels: [String])
    /// Digits requested from a model that was not trained on them; `known` are those that it draws.
    case unknownDigits([UInt8], model: String, known: [UInt8])
}

extension DigitGeneratorError {
    /// The error of a generator whose bundle cannot be read.
    package init(_ error: BundleError, source: String) {
        self = .invalidBundle(source: source, reason: error.description)
    }
}

extension DigitGeneratorError: CustomStringConvertible {
    public var description: String { description(fieldPrefix: "") }

    /// The error in words, with a prefix before the names of fields: a command line writes `--style`.
    package func description(fieldPrefix: String) -> String {
        func name(_ field: DrawRequest.Field) -> String { fieldPrefix + field.rawValue }
        return switch self {
        case .unknownModel(let name, let available):
            "unknown model \"\(name)\"; expected one of \(available.joined(separator: ", "))"
        case .noModels:
            "this program was built without models; name a bundle's file"
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .invalidBundle(let source, let reason):
            "\(source) is not a valid weight bundle: \(reason)"
        case .unknownTier(let name, let known):
            "unknown instruction set \"\(name)\" in DIGITGEN_ISA; expected one of \(known.joined(separator: ", "))"
        case .unavailableTier(let name, let available):
            "this processor has no \"\(name)\", which DIGITGEN_ISA asks for; it has "
                + available.joined(separator: ", ")
        case .invalidDigits(let text):
            "invalid digits \"\(text)\"; \(Digits.expectation)"
        case .tooManyDigits(let count, let limit):
            "a number has at most \(limit) digits; got \(count)"
        case .invalidCount(_, let allowed):
            "\(name(.count)) must be \(allowed.lowerBound)…\(allowed.upperBound)"
                + (allowed.lowerBound > 1 ? " with \(name(.morph))" : "")
        case .invalidFirst:
            "\(name(.first)) must be 0…\(DrawRequest.firstImages.upperBound)"
        case .invalidSize(_, .mnist):
            "\(name(.size)) must be \(Finish.mnist.size) with \(name(.finish)) \(Finish.Name.mnist.rawValue)"
        case .invalidSize(_, .ink):
            "\(name(.size)) must be \(Finish.sizes.lowerBound)…\(Finish.sizes.upperBound)"
        case .invalidStyle(let measure):
            "\(fieldPrefix)\(measure.rawValue) must be \(measure.bounds.lowerBound)…\(measure.bounds.upperBound) "
                + "\(measure.unit), or a range from the less to the greater"
        case .noStyle(let field, let model, let styleModels):
            "the model \"\(model)\" obeys no style; \(name(field)) needs one that does"
                + (styleModels.isEmpty ? "" : ", such as \(styleModels.joined(separator: " or "))")
        case .noInkInExample:
            "the picture has no ink; expected one of digits"
        case .unreachableStyle(let target, let model, let digit, let least, let greatest):
            "the model \"\(model)\" draws a \(digit) with \(fieldPrefix)\(target.measure.rawValue) "
                + "\(target.measure.text(least))…\(target.measure.text(greatest)) \(target.measure.unit), not "
                + target.text
        case .invalidMorph:
            "\(name(.morph)) without digits goes from digit to digit, 0…9; give digits to go from style to style"
        case .mutuallyExclusive(let first, let second):
            "\(name(first)) and \(name(second)) are mutually exclusive"
        case .missing(let field, let other):
            "\(name(other)) needs \(name(field))"
        case .unconditional(let model, let conditionalModels):
            "the model \"\(model)\" is unconditional and takes no digits"
                + (conditionalModels.isEmpty ? "" : "; use \(conditionalModels.joined(separator: " or "))")
        case .noInk(let model, let finish, let inkModels):
            "the model \"\(model)\" draws no ink; "
                + (finish.size == Finish.mnist.size
                    ? "\(name(.finish)) \(Finish.Name.ink.rawValue)" : "\(name(.size)) \(finish.size)")
                + " needs one that does"
                + (inkModels.isEmpty ? "" : ", such as \(inkModels.joined(separator: " or "))")
        case .noInkForLines(let model, let inkModels):
            "the model \"\(model)\" draws no ink, of which lines are made"
                + (inkModels.isEmpty ? "" : "; use \(inkModels.joined(separator: " or "))")
        case .unknownDigits(let digits, let model, let known):
            "the model \"\(model)\" draws only \(digitList(known)), not \(digitList(digits))"
        }
    }
}

/// Digits as a list in a sentence: "3", "3 and 8", "1, 3 and 8".
package func digitList(_ digits: [UInt8]) -> String {
    let words = digits.map(String.init)
    guard words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}

extension DigitGeneratorError: ProgramError {
    package var commandLineDescription: String { description(fieldPrefix: "--") }

    package var exitStatus: ExitStatus {
        switch self {
        case .unreadable, .noModels: .noInput
        case .invalidBundle, .noInkInExample: .badData
        default: .usage
        }
    }
}
