import CFiles

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The words of the operating system for an error number.
func systemReason(_ number: Int32 = errno) -> String {
    String(cString: strerror(number))
}

/// Repeats a system call that a signal interrupted.
package func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// Writes all of `bytes`, however many calls that takes. `path` is for the error's words.
func writeAll(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
) throws(ImagingError) {
    var rest = bytes
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { buffer in
            retrying { write(descriptor, buffer.baseAddress, buffer.count) }
        }
        if written < 0 {
            if errno == EPIPE { throw .closedPipe }
            throw .cannotWrite(path: path, reason: systemReason())
        }
        rest = rest.dropFirst(written)
    }
}

/// Asks the system to begin moving `count` bytes from `offset` on to the disk, so that less is left to wait for when
/// they are made durable. Linux begins with it when told that they will not be needed soon.
func beginSynchronizing(_ descriptor: Int32, offset: Int, count: Int) {
    #if os(Linux)
        posix_fadvise(descriptor, off_t(offset), off_t(count), POSIX_FADV_DONTNEED)
    #endif
}

/// Makes what was written to `descriptor` durable. Devices and pipes, which cannot be, are no error.
func synchronize(_ descriptor: Int32, path: String) throws(ImagingError) {
    guard retrying({ Int(fsync(descriptor)) }) != 0 else { return }
    guard errno == EINVAL || errno == EROFS || errno == ENOTSUP else {
        throw .cannotWrite(path: path, reason: systemReason())
    }
}

/// Makes everything on the file system of the directory `path` durable.
func synchronizeFileSystem(_ path: String) throws(ImagingError) {
    let descriptor = Int32(retrying { Int(open(path, O_RDONLY | O_CLOEXEC)) })
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    guard dg_synchronize_file_system(descriptor) == 0 else {
        throw .cannotWrite(path: path, reason: systemReason())
    }
}

/// Throws what closing `descriptor` would report, as network file systems do for a full disk, and leaves it open.
func flush(_ descriptor: Int32, path: String) throws(ImagingError) {
    let copy = dup(descriptor)
    guard copy < 0 || close(copy) == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
}

/// Makes a rename inside the directory `path` durable.
func synchronizeDirectory(_ path: String) throws(ImagingError) {
    let descriptor = Int32(retrying { Int(open(path, O_RDONLY | O_CLOEXEC)) })
    guard descriptor >= 0 else {
        // A directory that may be written but not read cannot be opened; its files are safe all the same.
        if errno == EACCES { return }
        throw .cannotWrite(path: path, reason: systemReason())
    }
    defer { close(descriptor) }
    try synchronize(descriptor, path: path)
}
