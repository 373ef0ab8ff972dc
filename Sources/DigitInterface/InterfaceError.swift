import CDigitGen
import DigitGen
import Platform

/// The reason why a function of the C interface failed.
enum InterfaceError: Error {
    case generator(DigitGeneratorError)
    /// A pointer that must not be NULL; the parameter's name.
    case missing(String)
    /// A field of a request that is out of its range.
    case invalidField(String, allowed: String)
    /// The caller's buffer is too small.
    case capacity(Int, needed: Int)

    var message: String {
        switch self {
        case .generator(let error): error.description
        case .missing(let name): "\(name) is NULL"
        case .invalidField(let name, let allowed): "\(name) must be \(allowed)"
        case .capacity(let capacity, let needed):
            "the images need \(needed) bytes; the buffer has \(capacity)"
        }
    }

    var status: ExitStatus {
        if case .generator(let error) = self { error.exitStatus } else { .usage }
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
