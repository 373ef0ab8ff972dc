import DigitImaging
import DigitTraining
import Platform

/// Puts a result in its place at `path` without being cut off: signals that come meanwhile end the program afterwards.
/// Not so for a pipe or device, where the other end decides how long it takes.
///
/// - Throws: what `work` throws, or `StoppedBySignal`.
func letFinish<Result>(writing path: String, _ work: () throws -> Result) throws -> Result {
    if PathKind(path) == .stream { return try work() }
    return try StopSignal.watched { _ in try work() }
}

/// Says what was written to `path`: on standard output, unless that is where it was written.
func report(_ text: String, of path: String) throws(ImagingError) {
    if StandardOutput.isNamed(by: path) {
        StandardError.print(text)
    } else {
        try StandardOutput.print(text.printable)
    }
}
