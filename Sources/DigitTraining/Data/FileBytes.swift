import DigitImaging
import WeightBundle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reading whole files.
enum FileBytes {
    /// All bytes of the file at `path`. Stops after `limit`, so that no file, pipe or device fills the memory.
    static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = Int32(retrying { Int(open(path, O_RDONLY | O_CLOEXEC)) })
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        let size = sizeHint(descriptor)
        guard size <= limit else { throw tooLarge(path, limit) }
        // The file, and what is made of it.
        guard FreeMemory.holds(2 * size + 2 << 20) else { throw SystemError("read", path, code: ENOMEM) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        while true {
            let count = retrying { readBytes(descriptor, block) }
            guard count >= 0 else { throw SystemError("read", path) }
            guard count > 0 else { return bytes }
            guard count <= limit - bytes.count else { throw tooLarge(path, limit) }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
        }
    }

    /// Whether there is a file, a directory or anything else at `path`.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// What the system says of the file's length: 0 for pipes and devices.
    private static func sizeHint(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? max(Int(status.st_size), 0) : 0
    }

    private static func tooLarge(_ path: String, _ limit: Int) -> SystemError {
        SystemError("read more than \(limit) bytes of", path, code: EFBIG)
    }
}

/// The system's `read`, which `FileBytes.read` would hide.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, target.baseAddress, target.count)
}
