/// Facts about files that may not exist.
package enum FileStatus {
    /// The size of the regular file at `path` in bytes; nil when there is none.
    package static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path.cPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Returns whether there is a folder at `path`.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path.cPath, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns whether `path` is a folder, not a link to one.
    static func isFolderItself(_ path: String) -> Bool {
        var status = stat()
        return lstat(path.cPath, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// An identity of the file at `path` that no later file of that name has; nil if nothing is there. It stays the
    /// same when the file moves within its file system. Links are not followed. Throws `OutputError.cannotRead`.
    static func identity(_ path: String) throws(OutputError) -> String? {
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

    /// Returns whether `path` is still the name of the open file.
    package static func isOpen(_ descriptor: Int32, at path: String) -> Bool {
        var (held, found) = (stat(), stat())
        return fstat(descriptor, &held) == 0 && stat(path.cPath, &found) == 0 && held.st_dev == found.st_dev
            && held.st_ino == found.st_ino
    }

    /// Returns whether both paths name the same file.
    package static func areSame(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        guard stat(first.cPath, &one) == 0, stat(second.cPath, &other) == 0 else { return false }
        return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// The bytes of the regular file at `path`; nil when there is none, it cannot be read, or has more than `limit`.
    package static func contents(_ path: String, limit: Int) -> [UInt8]? {
        try? FileBytes.readOrdinary(path, limit: limit)
    }
}

/// The kind of file at a path.
package enum PathKind: Equatable, Sendable {
    case missing
    case file
    case folder
    /// A pipe, a device, a socket, a named descriptor: written bytes cannot be taken back.
    case stream

    package init(_ path: String) {
        var status = stat()
        let isThere = stat(path.cPath, &status) == 0
        let kind = PathKind(mode: status.st_mode)
        if isThere, kind != .file {
            self = kind
        } else if NamedDescriptor(path) != nil {
            self = .stream
        } else {
            self = isThere ? kind : path.utf8.last == UInt8(ascii: "/") ? .folder : .missing
        }
    }

    /// The kind that `stat` reports.
    package init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .file
            default: .stream
            }
    }
}
