import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import DigitModel

/// How the program ends, after sysexits.h.
enum ExitStatus: Int32 {
    case ok = 0
    /// Invalid usage: a mistake in the command line.
    case usage = 64
    /// An input is not what it should be.
    case badData = 65
    /// An input is missing.
    case noInput = 66
    /// A fault of this program.
    case software = 70
    /// The system gives too little memory.
    case system = 71
    /// An output cannot be made.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
}

/// A mistake in what was asked for, found after the arguments were parsed.
struct UsageError: Error {
    /// One line: what is wrong and what would be right.
    let message: String
}

/// Something that the command line names is missing.
struct MissingInputError: Error {
    /// One line: what is missing and what there is.
    let message: String
}

/// An error as its user meets it: the one place that decides about exit codes.
struct Failure {
    let status: Int32
    /// One line; nil when there is nothing to say.
    let message: String?

    init(_ error: any Error) {
        switch error {
        case ImagingError.closedPipe:
            // The reader closed the pipe; exit quietly.
            self.init(.ok)
        case let error as Interruption.Signalled:
            // As a shell reports a program that a signal ended.
            self.init(status: 128 + error.signal, message: nil)
        case ServiceError.output(let error):
            self.init(error)
        case let error as ServiceError:
            self.init(.inputOutput, error.description)
        case let error as ImagingError:
            self.init(Self.status(of: error), error.description)
        case let error as DigitGeneratorError:
            self.init(Self.status(of: error), error.description(fieldPrefix: "--"))
        case let error as DataSetError:
            self.init(Self.status(of: error), error.description)
        case let error as UsageError:
            self.init(.usage, error.message)
        case let error as MissingInputError:
            self.init(.noInput, error.message)
        default:
            self.init(.usage, DigitgenCommand.message(for: error))
        }
    }

    private init(_ status: ExitStatus, _ text: String? = nil) {
        self.init(status: status.rawValue, message: text.map(messageLine))
    }

    private init(status: Int32, message: String?) {
        self.status = status
        self.message = message
    }

    private static func status(of error: DigitGeneratorError) -> ExitStatus {
        switch error {
        case .unknownModel, .unknownTier, .unavailableTier, .invalidDigits, .tooManyDigits, .invalidCount,
            .invalidFirst, .invalidMorph, .mutuallyExclusive, .missing, .unconditional, .unknownDigits:
            .usage
        case .unreadable, .noModels: .noInput
        case .invalidBundle: .badData
        case .notEnoughMemory: .system
        }
    }

    private static func status(of error: DataSetError) -> ExitStatus {
        switch error {
        case .needsFolder: .usage
        case .damaged(.unreadable): .noInput
        case .damaged: .cannotCreate
        }
    }

    private static func status(of error: ImagingError) -> ExitStatus {
        switch error {
        case .layout, .pictureTooLarge, .unrepresentable: .usage
        case .cannotCreate, .folderInUse: .cannotCreate
        case .cannotRead, .cannotWrite: .inputOutput
        case .closedPipe: .ok
        case .notEnoughMemory: .system
        case .size, .pixelCount, .text, .encoder: .software
        }
    }
}
