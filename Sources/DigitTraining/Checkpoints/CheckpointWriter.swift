import DigitImaging

/// Writes a checkpoint section by section. It appears under its name when `finish` has made it durable; a
/// writer that goes without `finish` leaves the file that was there before.
package final class CheckpointWriter {
    private let file: AtomicFile
    private var checksum: UInt32 = 0

    /// Throws `RunError.output` when no file can be made at `path`.
    package init(path: String) throws(RunError) {
        do { file = try AtomicFile(path: path) } catch { throw .output(error) }
        try append(CheckpointFormat.magic + CheckpointFormat.littleEndian(CheckpointFormat.version))
    }

    /// Adds an array of numbers. Names must differ and have 1 to 255 bytes.
    package func add(_ name: String, floats: UnsafeBufferPointer<Float>) throws(RunError) {
        try add(name, .floats, [UInt8](UnsafeRawBufferPointer(floats)))
    }

    package func add(_ name: String, integer: UInt64) throws(RunError) {
        try add(name, .integer, CheckpointFormat.littleEndian(integer))
    }

    package func add(_ name: String, bytes: [UInt8]) throws(RunError) {
        try add(name, .bytes, bytes)
    }

    /// Completes the file and puts it in its place.
    package func finish() throws(RunError) {
        do {
            try file.write(CheckpointFormat.littleEndian(checksum))
            try file.finish()
        } catch {
            throw .output(error)
        }
    }

    private func add(
        _ name: String, _ kind: CheckpointFormat.Kind, _ payload: [UInt8]
    ) throws(RunError) {
        guard let nameLength = UInt8(exactly: name.utf8.count), nameLength > 0 else {
            preconditionFailure("a section's name has 1 to 255 bytes")
        }
        try append(
            [kind.rawValue, nameLength] + CheckpointFormat.littleEndian(UInt64(payload.count))
                + Array(name.utf8))
        try append(payload)
    }

    private func append(_ bytes: [UInt8]) throws(RunError) {
        checksum = CheckpointFormat.checksum(bytes[...], after: checksum)
        do { try file.write(bytes) } catch { throw .output(error) }
    }
}
