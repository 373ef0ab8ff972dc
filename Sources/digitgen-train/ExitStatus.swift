import DigitDataSets
import DigitEvaluation
import DigitModel
import DigitTraining
import Platform

extension DataSetError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .missingFile, .noDigits, .unlabelled: .noInput
        case .unreadable(let error): error.exitStatus
        default: .badData
        }
    }
}

extension EvaluationError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .labelsOfBundle, .labelsOfFolder: .usage
        case .tooFewDigits, .otherModel, .notFinite: .badData
        }
    }
}

extension RunError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .unreadable(let error): error.exitStatus
        case .cannotCreate, .alreadyExists, .otherBundle, .moved: .cannotCreate
        case .output(let error): error.exitStatus
        case .picture(let error): error.exitStatus
        case .noRun, .noRuns, .noCheckpoint, .noResults: .noInput
        case .locked: .temporary
        case .notEnoughMemory: .system
        case .differentSetting, .otherResult, .batchTooLarge: .usage
        case .otherDigits, .otherRecipe, .otherTrainingData, .corruptCheckpoint, .checkpointSection,
            .malformedCurves, .malformedConfiguration:
            .badData
        }
    }
}

extension QuantizationError: ProgramError {
    package var exitStatus: ExitStatus { .badData }
}

extension BundleError: ProgramError {
    package var exitStatus: ExitStatus { .badData }
}
