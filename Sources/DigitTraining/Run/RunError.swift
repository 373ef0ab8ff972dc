import DigitImaging
import DigitModel
import NeuralNetwork
import Platform

/// The reason why a training run cannot be started, continued or read.
package enum RunError: Error, Equatable, Sendable {
    /// A file of the run could not be read.
    case unreadable(SystemError)
    /// A directory, or the lock in it, could not be made.
    case cannotCreate(SystemError)
    /// A file of the run could not be written.
    case output(OutputError)
    /// A picture of samples could not be made.
    case picture(ImagingError)
    /// There is no run in this directory.
    case noRun(path: String)
    /// There is no folder of runs here.
    case noRuns(path: String)
    /// There is a run already where a new one was asked for.
    case alreadyExists(path: String)
    /// There is a run here whose configuration is gone.
    case noConfiguration(path: String)
    /// Another process writes to this run.
    case locked(path: String)
    /// There is no result of a count of modes in this folder.
    case noResults(path: String)
    /// The run has no checkpoint yet, where one is needed.
    case noCheckpoint(path: String)
    /// Only the record of a run is left, which has no checkpoint to continue from.
    case onlyRecord(path: String, epochs: Int)
    /// A result of a count of modes is of something else than its name says.
    case misnamedResult(path: String, content: String)
    /// - Parameter offset: the byte of the file.
    case corruptCheckpoint(path: String, offset: Int, reason: String)
    /// A part of a checkpoint is missing or of another kind or size than the run's model asks for.
    case checkpointSection(path: String, name: String, found: String, expected: String)
    /// - Parameter line: counted from 1.
    case malformedCurves(path: String, line: Int, reason: String)
    /// - Parameter reason: what is wrong with the run's description and what would be right.
    case malformedConfiguration(path: String, reason: String)
    /// A step takes more images than there are.
    case batchTooLarge(batchSize: Int, images: Int)
    /// This processor lacks the instructions for products in this precision.
    case unavailablePrecision(Precision)
    /// Training would replace a file that is no bundle of the run.
    case otherBundle(path: String, run: String)
    /// A result of a count of modes is of other settings than those that are asked for.
    case otherResult(path: String, name: String, found: String, expected: String)
    /// A result of a count of modes is of other digits.
    case otherDigits(path: String, found: String, expected: String)
    /// Training takes more memory than the process may use.
    case notEnoughMemory(batchSize: Int, bytes: Int, limit: Int)
    /// The directory of a run that is being trained has been moved or removed.
    case moved(path: String)
    /// A bundle was trained on other images than those at hand.
    case otherTrainingData(path: String, found: String, expected: String)
    /// A run was begun by another recipe than this program has for its model.
    case otherRecipe(path: String, found: String, expected: String)
    /// A run cannot be continued with other settings than it was started with.
    case differentSetting(name: String, found: String, expected: String)
}

extension RunError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let error), .cannotCreate(let error):
            error.description
        case .output(let error):
            error.description
        case .picture(let error):
            error.description
        case .noRun(let path):
            "\(path): no training run here: \(RunDirectory.configurationName) is missing; "
                + "start one with fit --output \(path)"
        case .noRuns(let path):
            "\(path): no such folder; expected a folder of runs, each named after its model"
        case .noResults(let path):
            "\(path): no results (SET-METHOD-SEED.json) here; make some with modes --output \(path)"
        case .misnamedResult(let path, let content):
            "\(path): the name of this result does not match its content; expected \(content).json"
        case .alreadyExists(let path):
            "\(path): contains a run already; use --resume to continue it, or choose another directory"
        case .noConfiguration(let path):
            "\(path): the run here has lost its \(RunDirectory.configurationName), without which it cannot be continued; "
                + "choose another directory"
        case .locked(let path):
            "\(path): another process is writing to this run; wait for it, or stop it"
        case .noCheckpoint(let path):
            "\(path): the run has no checkpoint yet; train at least one epoch with fit --resume"
        case .onlyRecord(let path, let epochs):
            "\(path): the curves have \(epochs) epochs, but the checkpoint is missing, so the run cannot be continued; "
                + "choose another directory"
        case .corruptCheckpoint(let path, let offset, let reason):
            "\(path): not a checkpoint of a training run: \(reason) at byte \(offset)"
        case .checkpointSection(let path, let name, let found, let expected):
            "\(path): \(name) is \(found), the run's model needs \(expected)"
        case .malformedCurves(let path, let line, let reason):
            "\(path), line \(line): \(reason)"
        case .malformedConfiguration(let path, let reason):
            "\(path): \(reason)"
        case .batchTooLarge(let batchSize, let images):
            "the batch size of \(batchSize) exceeds the number of images, \(images); "
                + "choose a smaller --batch-size"
        case .unavailablePrecision(let precision):
            "this processor cannot multiply in \(precision.rawValue); "
                + "start a run with --precision \(Precision.float32.rawValue)"
        case .otherBundle(let path, let run):
            "\(path): this file exists and was not made of the run \(run), whose bundle would replace it; "
                + "choose another folder with --weights, or move the file"
        case .otherResult(let path, let name, let found, let expected):
            "\(path): \(name) of this earlier result is \(found), not \(expected); "
                + "choose another folder with --output, or delete the file to count again"
        case .otherDigits(let path, let found, let expected):
            "\(path): counted on data with SHA-256 \(found), but --data has \(expected); "
                + "count again with modes, or use the original data"
        case .notEnoughMemory(let batchSize, let bytes, let limit):
            "training with batches of \(batchSize) takes \(bytes >> 20) MiB of memory, more than the limit of "
                + "\(limit >> 20) MiB; choose a smaller --batch-size"
        case .moved(let path):
            "\(path): the run was moved or replaced while training; leave its folder in place"
        case .otherTrainingData(let path, let found, let expected):
            "\(path): trained on data with SHA-256 \(found), but --data has \(expected); use the original data"
        case .otherRecipe(let path, let found, let expected):
            "\(path): the recipe of the run is “\(found)”, but this version's is “\(expected)”; "
                + "continue with the version that started the run, or start a new run"
        case .differentSetting(let name, let found, let expected):
            "\(name) is \(found), but the run was started with \(expected); "
                + "a run can only be resumed with its own settings"
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
        case .noRun, .noRuns, .noCheckpoint, .noConfiguration, .onlyRecord, .noResults: .noInput
        case .locked: .temporary
        case .notEnoughMemory: .system
        case .differentSetting, .otherResult, .batchTooLarge, .unavailablePrecision: .usage
        case .otherDigits, .misnamedResult, .otherRecipe, .otherTrainingData, .corruptCheckpoint,
            .checkpointSection,
            .malformedCurves, .malformedConfiguration:
            .badData
        }
    }
}
