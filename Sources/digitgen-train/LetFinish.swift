import DigitImaging
import DigitTraining

/// Puts a result in its place at `path` without being cut off: signals that come meanwhile end the program afterwards.
/// Not so for a pipe or device, where the other end decides how long it takes.
///
/// - Throws: what `work` throws, or `StoppedBySignal`.
func letFinish<Result>(writing path: String, _ work: () throws -> Result) throws -> Result {
    if PathKind(path) == .stream { return try work() }
    return try StopSignal.watched { _ in try work() }
}
