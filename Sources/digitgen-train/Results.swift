import DigitTraining
import Platform

/// Writes a result to `path` with signals deferred until it is complete. A pipe or device is written to without, for
/// the other end decides how long that takes.
///
/// - Throws: what `work` throws, or `StoppedBySignal`.
func letFinish<Result>(writing path: String, _ work: () throws -> Result) throws -> Result {
    if PathKind(path) == .stream { return try work() }
    return try StopSignal.watched { _ in try work() }
}

/// Reports on what was written to `path`: on standard output, or on standard error if `path` is standard output.
func report(_ text: String, of path: String) throws(OutputError) {
    if StandardOutput.isNamed(by: path) {
        StandardError.print(text)
    } else {
        try StandardOutput.print(text.printable)
    }
}
