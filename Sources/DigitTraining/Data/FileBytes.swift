import DigitImaging
import Platform
import DigitModel

/// Reading whole files.
package enum FileBytes {
    /// All bytes of the file at `path`, or of the pipe or device there. Stops after `limit`, so that none of them fills
    /// the memory.
    package static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = try open(path, 0)
        defer { close(descriptor) }
        return try read(descriptor, path, limit: limit)
    }

    /// All bytes of the ordinary file at `path`, for files of this program's own making: a pipe in the place of one
    /// would be waited for.
    static func readOrdinary(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = try open(path, O_NONBLOCK)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemError("read", path) }
        guard PathKind(mode: status.st_mode) != .stream else {
            throw SystemError("read as an ordinary file", path, code: EINVAL)
        }
        return try read(descriptor, path, limit: limit)
    }

    private static func open(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
        let descriptor = openForReading(path, flags)
        guard descriptor >= 0 else { throw SystemError("open", path) }
        return descriptor
    }

    private static func read(_ descriptor: Int32, _ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let size = sizeHint(descriptor)
        guard size <= limit else { throw tooLarge(path, limit) }
        // The file, and what is made of it.
        guard FreeMemory.holds(2 * size + 2 << 20), var bytes = try? GrowingBytes(capacity: size) else {
            throw SystemError("read", path, code: ENOMEM)
        }
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        while true {
            let count = retrying { readBytes(descriptor, block) }
            if count < 0, errno == EAGAIN, pollOnce(descriptor, for: POLLIN, milliseconds: -1) > 0 {
                continue
            }
            guard count >= 0 else { throw SystemError("read", path) }
            guard count > 0 else { return bytes.bytes }
            guard count <= limit - bytes.bytes.count else { throw tooLarge(path, limit) }
            do { try bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count])) } catch {
                throw SystemError("read", path, code: ENOMEM)
            }
        }
    }

    /// The names of what is in the directory at `path`, without "." and "..", in their order.
    static func names(in path: String) throws(SystemError) -> [String] {
        do throws(FolderContents.Failure) {
            return try FolderContents.list(path)
        } catch {
            throw SystemError("list", path, code: error.code)
        }
    }

    /// Whether there is a file, a directory or anything else at `path`.
    package static func exists(_ path: String) -> Bool {
        access(path.cPath, F_OK) == 0
    }

    /// Whether nothing has the name `path`: neither a link that leads nowhere, nor something that cannot be reached.
    static func isFree(_ path: String) -> Bool {
        var status = stat()
        return lstat(path.cPath, &status) != 0 && errno == ENOENT
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

/// The system's `open`, which `FileBytes.open` would hide.
private func openForReading(_ path: String, _ flags: Int32) -> Int32 {
    Int32(retrying { Int(open(path.cPath, O_RDONLY | O_CLOEXEC | flags)) })
}

/// The system's `read`, which `FileBytes.read` would hide.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, target.baseAddress, target.count)
}
