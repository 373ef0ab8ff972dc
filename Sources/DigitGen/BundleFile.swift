import DigitModel
import Platform

/// Reads bundles from files.
enum BundleFile {
    /// The bytes of the file, pipe or device at `path`, a text of the system. Stops after what can be a bundle.
    ///
    /// - Throws: `DigitGeneratorError.unreadable`, `.invalidBundle` for a file that is too long, `.notEnoughMemory`.
    static func read(_ path: String) throws(DigitGeneratorError) -> [UInt8] {
        do throws(SystemError) {
            return try FileBytes.read(path, limit: Bundle.fileLimit)
        } catch {
            switch error.code {
            case EFBIG:
                throw .invalidBundle(
                    source: path, reason: "longer than the \(Bundle.fileLimit) bytes that a bundle may have")
            case ENOMEM:
                let size = FileStatus.size(path) ?? Bundle.fileLimit
                throw .notEnoughMemory(work: "reading \(path)", bytes: 2 * size)
            default: throw .unreadable(path: path, reason: error.reason)
            }
        }
    }
}
