/// A call to the operating system that failed.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The operation, as in "cannot `operation` `path`".
    package let operation: String
    package let path: String
    /// The value of `errno`.
    package let code: Int32
    /// The reason: the system's words, such as "No space left on device", unless there are better ones.
    package let reason: String

    package init(_ operation: String, _ path: String, code: Int32 = errno, reason: String? = nil) {
        self.operation = operation
        self.path = path
        self.code = code
        self.reason = reason ?? systemReason(code)
    }

    package var description: String { "cannot \(operation) \(path): \(reason)" }
}

/// The reason why a result cannot be written.
package enum OutputError: Error, Equatable, Sendable {
    /// A file cannot be made there; `reason` is the system's.
    case cannotCreate(path: String, reason: String)
    /// A folder that should be empty is not, or another process fills it; `by` says what is there.
    case folderInUse(path: String, by: String)
    /// A folder cannot be listed, or a path cannot be examined; `reason` is the system's.
    case cannotRead(path: String, reason: String)
    /// Writing or finishing a file failed; `reason` is the system's.
    case cannotWrite(path: String, reason: String)
    /// The reader closed the pipe.
    case closedPipe
    /// A library could not allocate memory.
    case notEnoughMemory(work: String)
}

extension OutputError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotCreate(let path, let reason): "cannot create '\(path)': \(reason)"
        case .folderInUse(let path, let by):
            "the folder '\(path)' is in use: \(by); name a new or an empty one"
        case .cannotRead(let path, let reason): "cannot read '\(path)': \(reason)"
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
        case .closedPipe: "the reader of the output has gone"
        case .notEnoughMemory(let work):
            "not enough memory for \(work); raise the limit of this process (ulimit -v)"
        }
    }
}

extension OutputError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .cannotCreate, .folderInUse: .cannotCreate
        case .cannotRead, .cannotWrite: .inputOutput
        // The reader closed the pipe: exit quietly.
        case .closedPipe: .ok
        case .notEnoughMemory: .system
        }
    }
}

extension SystemError: ProgramError {
    package var exitStatus: ExitStatus {
        switch code {
        case EIO: .inputOutput
        case ENOMEM: .system
        case EFBIG: .badData
        default: .noInput
        }
    }
}
