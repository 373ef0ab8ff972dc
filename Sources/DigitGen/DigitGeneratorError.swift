import DigitModel

/// Why digits could not be generated.
public enum DigitGeneratorError: Error, Equatable, Sendable {
    /// No shipped model has this name.
    case unknownModel(String, available: [String])
    /// The file cannot be opened or read.
    case unreadable(path: String, reason: String)
    /// The bytes are not a bundle of this format; the reason says where they go wrong.
    case invalidBundle(source: String, reason: String)
    /// The system does not give so many bytes of memory, which the work would need.
    case notEnoughMemory(work: String, bytes: Int)
    /// DIGITGEN_ISA names no tier of this program.
    case unknownTier(String, known: [String])
    /// DIGITGEN_ISA names a tier that this processor does not have.
    case unavailableTier(String, available: [String])
    /// The text holds something other than digits, or nothing.
    case invalidDigits(String)
    /// The number has too many digits.
    case tooManyDigits(Int, limit: Int)
    /// Fewer than one image, or more than are made at once, were asked for.
    case invalidCount(Int, limit: Int)
    /// A digit was asked of a model that draws what it draws.
    case unconditional(model: String, conditionalModels: [String])
    /// Digits were asked of a model that has never seen them; `known` are those that it learnt to draw.
    case unknownDigits([UInt8], model: String, known: [UInt8])
}

extension DigitGeneratorError {
    /// What the error of a bundle means for the generator that would have been made of it.
    package init(_ error: BundleError, source: String) {
        self =
            if case .notEnoughMemory(let bytes) = error {
                .notEnoughMemory(work: "reading \(source)", bytes: bytes)
            } else {
                .invalidBundle(source: source, reason: error.description)
            }
    }
}

extension DigitGeneratorError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownModel(let name, let available):
            "there is no model \"\(name)\"; there are \(available.joined(separator: ", "))"
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .invalidBundle(let source, let reason):
            "\(source) is not a weight bundle that can be used: \(reason)"
        case .notEnoughMemory(let work, let bytes):
            "\(work) cannot be done: \(FreeMemory.refusal(bytes))"
        case .unknownTier(let name, let known):
            "DIGITGEN_ISA is \"\(name)\"; it may be \(known.joined(separator: ", "))"
        case .unavailableTier(let name, let available):
            "DIGITGEN_ISA is \"\(name)\", which this processor does not have; it has "
                + available.joined(separator: ", ")
        case .invalidDigits(let text):
            "\"\(text)\" is not a number to draw; give one or more of the digits 0 to 9"
        case .tooManyDigits(let count, let limit):
            "\(count) digits are too many for one number; the limit is \(limit)"
        case .invalidCount(let count, let limit):
            "\(count) images cannot be made at once; ask for 1 to \(limit)"
        case .unconditional(let model, let conditionalModels):
            "the model \"\(model)\" cannot be told which digit to draw; "
                + (conditionalModels.isEmpty
                    ? "leave the digits out"
                    : "use \(conditionalModels.joined(separator: " or ")), or leave the digits out")
        case .unknownDigits(let digits, let model, let known):
            "the model \"\(model)\" draws \(digitList(known)) only; leave \(digitList(digits)) out, or use another model"
        }
    }
}

/// Digits as a sentence lists them: "3", "3 and 8", "1, 3 and 8".
package func digitList(_ digits: [UInt8]) -> String {
    let words = digits.map(String.init)
    guard words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}
