import Platform

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

    /// Whether `path` is a folder itself, and no link to one.
    static func isFolderItself(_ path: String) -> Bool {
        var status = stat()
        return lstat(path.cPath, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What is at `path`, told apart from anything that may get the name later; nil when nothing is there. Moving it
    /// within its file system does not change this. Links are not followed. Throws `ImagingError.cannotRead`.
    static func identity(_ path: String) throws(ImagingError) -> String? {
        var status = stat()
        guard lstat(path.cPath, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path: path, reason: systemReason())
        }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return "\(status.st_ino).\(time.tv_sec).\(time.tv_nsec)"
    }

    /// Whether `path` is still the name of the open file.
    package static func isOpen(_ descriptor: Int32, at path: String) -> Bool {
        var (held, found) = (stat(), stat())
        return fstat(descriptor, &held) == 0 && stat(path.cPath, &found) == 0 && held.st_dev == found.st_dev
            && held.st_ino == found.st_ino
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
        guard let size = size(path), size <= limit, let bytes = start(path, limit: size), bytes.count == size
        else { return nil }
        return bytes
    }

    /// The first bytes of what is at `path`, `limit` at most; nil when they cannot be read.
    static func start(_ path: String, limit: Int) -> [UInt8]? {
        let descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_CLOEXEC)) })
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let received = bytes.withUnsafeMutableBytes { buffer in
                retrying { read(descriptor, buffer.baseAddress.map { $0 + count }, limit - count) }
            }
            guard received >= 0 else { return nil }
            guard received > 0 else { break }
            count += received
        }
        return Array(bytes[..<count])
    }
}
