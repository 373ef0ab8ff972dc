import DigitModel
import Platform

extension ShippedBundle {
    /// Reads and checks the bundle. Its SHA-256 comes from weights/SHA256SUMS, which spares hashing at every start;
    /// a test compares it with the bytes.
    func read() throws(BundleError) -> Bundle {
        try Bundle(compressed: bytes.span, sha256: recordedDigest)
    }
}

/// Reads bundles from files.
enum BundleFile {
    /// The bytes of the file, pipe or device at `path`, a text of the system. Stops after what can be a bundle.
    ///
    /// - Throws: `DigitGeneratorError.unreadable`, `.invalidBundle` for a file that is too long.
    static func read(_ path: String) throws(DigitGeneratorError) -> [UInt8] {
        do throws(SystemError) {
            return try FileBytes.read(path, limit: Bundle.fileLimit)
        } catch {
            guard error.code == EFBIG else { throw .unreadable(path: path, reason: error.reason) }
            throw .invalidBundle(
                source: path, reason: "longer than the \(Bundle.fileLimit) bytes that a bundle may have")
        }
    }
}
