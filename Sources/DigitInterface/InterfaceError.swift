import CDigitGen
import DigitFields
import DigitGen
import Platform

/// The reason why a function of the C interface failed.
enum InterfaceError: Error {
    case generator(DigitGeneratorError)
    /// A text that cannot be drawn as a line.
    case text(FieldError)
    case line(LineError)
    /// A pointer that must not be NULL; the parameter's name.
    case missing(String)
    /// A field of a request that is out of its range.
    case invalidField(String, allowed: String)
    /// The caller's buffer is too small; `what` needs it, in words such as "the images need".
    case capacity(Int, needed: Int, what: String, unit: String = "bytes")

    var message: String {
        switch self {
        case .generator(let error): error.description
        case .text(let error): error.description
        case .line(let error): error.description
        case .missing(let name): "\(name) is NULL"
        case .invalidField(let name, let allowed): "\(name) must be \(allowed)"
        case .capacity(let capacity, let needed, let what, let unit):
            "\(what) \(needed) \(unit); the buffer has \(capacity)"
        }
    }

    var status: ExitStatus {
        switch self {
        case .generator(let error): error.exitStatus
        // A request that cannot be drawn, where a text in a file would be bad data.
        case .text, .line, .missing, .invalidField, .capacity: .usage
        }
    }

    /// Writes the message into `target`, if there is one, and returns the status.
    func report(to target: UnsafeMutablePointer<digitgen_error>?) -> Int32 {
        if let target {
            withUnsafeMutableBytes(of: &target.pointee.message) { copy(message.printable, to: $0) }
        }
        return status.rawValue
    }
}

/// Calls `body` and returns 0, or the status of its error, whose message goes to `target`.
func reporting(
    to target: UnsafeMutablePointer<digitgen_error>?, _ body: () throws(InterfaceError) -> Void
) -> Int32 {
    do throws(InterfaceError) {
        try body()
        return ExitStatus.ok.rawValue
    } catch {
        return error.report(to: target)
    }
}

/// Converts the error of a generator.
func generating<Value>(
    _ body: () throws(DigitGeneratorError) -> Value
) throws(InterfaceError) -> Value {
    do throws(DigitGeneratorError) { return try body() } catch { throw .generator(error) }
}

/// Copies as many whole characters as fit, and a zero.
func copy(_ text: String, to target: UnsafeMutableRawBufferPointer) {
    var count = 0
    for character in text.unicodeScalars {
        let bytes = Array(String(character).utf8)
        guard count + bytes.count < target.count else { break }
        for byte in bytes {
            target[count] = byte
            count += 1
        }
    }
    target[count] = 0
}
