import CPlatform

/// The operating system's message for an error number.
package func systemReason(_ number: Int32 = errno) -> String {
    String(cString: strerror(number))
}

/// Repeats a system call that a signal interrupted.
package func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// Reads once, at most `size` bytes. Without bytes, `code` tells why: 0 at the end, otherwise `errno`.
package func readPiece(_ descriptor: Int32, size: Int) -> (bytes: [UInt8], code: Int32) {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let received = read(descriptor, buffer.baseAddress, size)
        if received < 0 { code = errno }
        count = max(received, 0)
    }
    return (bytes, code)
}

/// Writes all of `bytes`, in as many calls as necessary, and waits while the other end accepts none. Errors name
/// `path`.
func writeAll(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
) throws(OutputError) {
    var rest = bytes
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { buffer in
            retrying { write(descriptor, buffer.baseAddress, buffer.count) }
        }
        if written < 0 {
            switch errno {
            case EPIPE: throw .closedPipe
            // Another process that shares the descriptor may have set O_NONBLOCK.
            case EAGAIN where pollOnce(descriptor, for: POLLOUT, milliseconds: -1) > 0: continue
            default: throw .cannotWrite(path: path, reason: systemReason())
            }
        }
        rest = rest.dropFirst(written)
    }
}

/// Waits until `descriptor` can be read or written without blocking, as `events` says; without limit if
/// `milliseconds` is -1. Returns 1 if it can, or if the next call will report an error; 0 after the time limit, and -1
/// if `poll` fails.
package func pollOnce(_ descriptor: Int32, for events: Int32, milliseconds: Int32) -> Int {
    var event = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return retrying { Int(poll(&event, 1, milliseconds)) }
}

/// Asks the system to start writing `count` bytes from `offset` on to the disk, so that making them durable takes less
/// time. Linux does so when told that they will not be needed soon.
func beginSynchronizing(_ descriptor: Int32, offset: Int, count: Int) {
    #if os(Linux)
        posix_fadvise(descriptor, off_t(offset), off_t(count), POSIX_FADV_DONTNEED)
    #endif
}

/// Makes what was written to `descriptor` durable. Does nothing for devices and pipes.
func synchronize(_ descriptor: Int32, path: String) throws(OutputError) {
    guard retrying({ Int(fsync(descriptor)) }) != 0 else { return }
    guard errno == EINVAL || errno == EROFS || errno == ENOTSUP else {
        throw .cannotWrite(path: path, reason: systemReason())
    }
}

/// Makes everything on the file system of the directory `path` durable.
func synchronizeFileSystem(_ path: String) throws(OutputError) {
    let descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_CLOEXEC)) })
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    guard dg_synchronize_file_system(descriptor) == 0 else {
        throw .cannotWrite(path: path, reason: systemReason())
    }
}

/// Throws what closing `descriptor` would report, as network file systems do for a full disk, and leaves it open.
func flush(_ descriptor: Int32, path: String) throws(OutputError) {
    let copy = dup(descriptor)
    guard copy < 0 || close(copy) == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// Makes a rename inside the directory `path` durable.
func synchronizeDirectory(_ path: String) throws(OutputError) {
    let descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_CLOEXEC)) })
    guard descriptor >= 0 else {
        // A directory that may be written but not read cannot be opened; its files are durable anyway.
        if errno == EACCES { return }
        throw .cannotWrite(path: path, reason: systemReason())
    }
    defer { close(descriptor) }
    try synchronize(descriptor, path: path)
}

/// The folder and the name of a path.
package func splitPath(_ path: String) -> (directory: String, name: String) {
    // By its bytes: a combining mark after a slash forms another character with it.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let directory = path[..<slash]
    return (directory.isEmpty ? "/" : String(directory), String(path[path.utf8.index(after: slash)...]))
}

/// The target of the symbolic link at `path`; nil if there is no link.
func linkTarget(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path.cPath, &target, target.count)
    guard count > 0 else { return nil }
    let link = String(systemBytes: target[..<count].map { UInt8(bitPattern: $0) })
    return link.utf8.first == UInt8(ascii: "/") ? link : splitPath(path).directory + "/" + link
}

/// The path of an existing file, with all links resolved; nil if there is no file.
func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path.cPath, nil) else { return nil }
    defer { free(resolved) }
    return String(systemText: resolved)
}
