import DigitImaging
import Platform

/// The reason why a session ends before its input does.
package enum ServiceError: Error, Equatable, Sendable {
    /// The requests cannot be read; `reason` is the system's.
    case cannotRead(source: String, reason: String)
    /// Replies cannot be made or sent: `OutputError.closedPipe` when the reader closed the pipe.
    case output(ImagingError)
}

extension ServiceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotRead(let source, let reason): "cannot read \(source): \(reason)"
        case .output(let error): error.description
        }
    }
}

extension ServiceError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .cannotRead: .inputOutput
        case .output(let error): error.exitStatus
        }
    }
}
