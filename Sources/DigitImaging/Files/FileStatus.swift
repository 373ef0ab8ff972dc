import SystemText

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Looks at files that may be there.
package enum FileStatus {
    /// Bytes of the ordinary file at `path`; nil when there is none.
    package static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path.cPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Whether there is a folder at `path`.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path.cPath, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether both names are of one and the same file.
    package static func areSame(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        guard stat(first.cPath, &one) == 0, stat(second.cPath, &other) == 0 else { return false }
        return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// The bytes of the ordinary file at `path`; nil when there is none, when it cannot be read, or when it
    /// has more than `limit` bytes.
    package static func contents(_ path: String, limit: Int) -> [UInt8]? {
        guard let size = size(path), size <= limit else { return nil }
        let descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_CLOEXEC)) })
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        while count < size {
            let received = bytes.withUnsafeMutableBytes { buffer in
                retrying { read(descriptor, buffer.baseAddress.map { $0 + count }, size - count) }
            }
            guard received > 0 else { return nil }
            count += received
        }
        return bytes
    }
}
