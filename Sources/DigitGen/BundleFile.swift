import Platform
import DigitModel

/// Reads bundles from files.
enum BundleFile {
    /// The bytes of the file at `path`, a text of the system. Stops after what can be a bundle, so that no file, pipe
    /// or device fills the memory.
    ///
    /// - Throws: `DigitGeneratorError.unreadable`, or `.invalidBundle` for a file that is too long.
    static func read(_ path: String) throws(DigitGeneratorError) -> [UInt8] {
        var descriptor: Int32
        repeat { descriptor = open(path.cPath, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while true {
            // An array that grows has its bytes twice, and room for as many again; and some for what goes on beside.
            let memory = 3 * (bytes.count + chunkSize) + 1 << 20
            guard FreeMemory.holds(memory) else {
                throw .notEnoughMemory(work: "reading \(path)", bytes: memory)
            }
            let chunk = try nextChunk(descriptor, path)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= Bundle.fileLimit else {
                throw .invalidBundle(
                    source: path,
                    reason: "it is longer than the \(Bundle.fileLimit) bytes that a bundle can have")
            }
        }
    }

    private static let chunkSize = 1 << 18

    /// Up to `chunkSize` bytes from where the file stands; none at its end.
    private static func nextChunk(_ descriptor: Int32, _ path: String) throws(DigitGeneratorError) -> [UInt8]
    {
        var failure: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
            var result = 0
            repeat {
                result = readBytes(descriptor, buffer.baseAddress, chunkSize)
            } while result < 0 && (errno == EINTR || errno == EAGAIN && waitForInput(descriptor))
            if result < 0 { failure = errno }
            count = max(result, 0)
        }
        guard failure == 0 else { throw .unreadable(path: path, reason: String(cString: strerror(failure))) }
        return chunk
    }
}

/// Waits for what comes out of a pipe that does not block by itself. Returns whether it is worth reading.
private func waitForInput(_ descriptor: Int32) -> Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&event, 1, -1) > 0 || errno == EINTR
}

/// The system's `read`, which `BundleFile.read` would hide.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, target, count)
}
