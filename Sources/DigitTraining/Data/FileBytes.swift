import DigitImaging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reading whole files.
enum FileBytes {
    /// All bytes of the file at `path`.
    static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let descriptor = Int32(retrying { Int(open(path, O_RDONLY | O_CLOEXEC)) })
        guard descriptor >= 0 else { throw SystemError("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(sizeHint(descriptor))
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        while true {
            let count = retrying { readBytes(descriptor, block) }
            guard count >= 0 else { throw SystemError("read", path) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count]))
        }
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
}

/// The system's `read`, which `FileBytes.read` would hide.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, target.baseAddress, target.count)
}
