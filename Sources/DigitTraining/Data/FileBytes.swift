#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reading whole files.
enum FileBytes {
    /// All bytes of the file at `path`.
    static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sizeHint(descriptor))
        while try appendBlock(from: descriptor, to: &bytes, path: path) {}
        return bytes
    }

    /// Whether there is a file, a directory or anything else at `path`.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    private static func sizeHint(_ descriptor: Int32) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return 0 }
        return min(max(Int(status.st_size), 0), 1 << 30) + 1
    }

    /// Appends up to 1 MiB; false at the end of the file.
    private static func appendBlock(
        from descriptor: Int32, to bytes: inout [UInt8], path: String
    ) throws(SystemError) -> Bool {
        let blockSize = 1 << 20
        var count = 0
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: blockSize))
        repeat {
            count = bytes.withUnsafeMutableBytes { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                return readBytes(descriptor, base + start, blockSize)
            }
        } while count < 0 && errno == EINTR
        let code = errno
        bytes.removeLast(blockSize - max(count, 0))
        guard count >= 0 else { throw SystemError("read", path, code: code) }
        return count > 0
    }
}

/// The system's `read`, which `FileBytes.read` would hide.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, target, count)
}
