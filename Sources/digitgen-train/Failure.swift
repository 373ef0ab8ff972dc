import DigitEvaluation
import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitTraining
import Platform
import DigitModel

/// How the program ends: a message and an exit code by sysexits.h.
struct Failure {
    let message: String
    let code: Int32

    init(_ error: any Error) {
        switch error {
        case let error as DataSetError:
            (message, code) = (error.description, Failure.code(error))
        case let error as RunError:
            (message, code) = (error.description, Failure.code(error))
        case let error as ImagingError:
            (message, code) = (error.description, Failure.code(error))
        case let error as DigitGeneratorError:
            (message, code) = (error.description, Failure.code(error))
        case let error as EvaluationError:
            (message, code) = (error.description, Failure.code(error))
        case let error as QuantizationError:
            (message, code) = (error.description, Failure.code(error))
        case let error as BundleError:
            (message, code) = (error.description, Failure.code(error))
        case let stop as StoppedBySignal:
            (message, code) = ("", 128 + stop.signal)
        default:
            let status = DigitGenTrain.exitCode(for: error)
            (message, code) =
                status == .success
                ? (DigitGenTrain.fullMessage(for: error), EXIT_SUCCESS)
                : (
                    DigitGenTrain.message(for: error),
                    status == .validationFailure ? EX_USAGE : status.rawValue
                )
        }
    }

    /// Says what there is to say and ends the process.
    func endProgram() -> Never {
        if code == EXIT_SUCCESS {
            // Help or the version was asked for.
            guard (try? StandardOutput.print(message)) != nil else { exit(EX_IOERR) }
        } else if !message.isEmpty {
            StandardError.print("digitgen-train: \(messageLine(message))")
        }
        exit(code)
    }

    private static func code(_ error: DataSetError) -> Int32 {
        switch error {
        case .missingFile, .noDigits, .unlabelled: EX_NOINPUT
        case .unreadable(let error): code(error)
        default: EX_DATAERR
        }
    }

    private static func code(_ error: EvaluationError) -> Int32 {
        switch error {
        case .labelsOfBundle, .labelsOfFolder: EX_USAGE
        case .tooFewDigits, .otherModel, .notFinite: EX_DATAERR
        }
    }

    private static func code(_ error: RunError) -> Int32 {
        switch error {
        case .unreadable(let error): code(error)
        case .cannotCreate, .alreadyExists, .otherBundle, .moved: EX_CANTCREAT
        case .output(let error): code(error)
        case .noRun, .noRuns, .noCheckpoint, .noResults: EX_NOINPUT
        case .locked: EX_TEMPFAIL
        case .notEnoughMemory: EX_OSERR
        case .differentSetting, .otherResult, .batchTooLarge: EX_USAGE
        case .otherDigits, .otherRecipe, .otherTrainingData, .corruptCheckpoint, .checkpointSection,
            .malformedCurves, .malformedConfiguration:
            EX_DATAERR
        }
    }

    private static func code(_ error: QuantizationError) -> Int32 {
        if case .notEnoughMemory = error { EX_OSERR } else { EX_DATAERR }
    }

    private static func code(_ error: DigitGeneratorError) -> Int32 {
        switch error {
        case .unreadable: EX_NOINPUT
        case .invalidBundle: EX_DATAERR
        case .notEnoughMemory: EX_OSERR
        default: EX_USAGE
        }
    }

    private static func code(_ error: BundleError) -> Int32 {
        if case .notEnoughMemory = error { EX_OSERR } else { EX_DATAERR }
    }

    private static func code(_ error: ImagingError) -> Int32 {
        switch error {
        case .cannotCreate, .folderInUse: EX_CANTCREAT
        case .cannotRead, .cannotWrite, .closedPipe: EX_IOERR
        case .notEnoughMemory: EX_OSERR
        default: EX_SOFTWARE
        }
    }

    private static func code(_ error: SystemError) -> Int32 {
        switch error.code {
        case EIO: EX_IOERR
        case ENOMEM: EX_OSERR
        case EFBIG: EX_DATAERR
        default: EX_NOINPUT
        }
    }
}
