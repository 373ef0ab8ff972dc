import SystemText

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A file that appears under its name complete or not at all: the bytes go to a temporary file in the same
/// directory, which `finish` makes durable and renames. Without `finish`, the temporary file is removed.
///
/// A name that exists is replaced, and keeps its permissions; one that is a symbolic link stays a link, and
/// the file it names is made or replaced. A pipe or device is not replaced.
package final class AtomicFile: ByteSink {
    private static let prefix = ".digitgen-"
    private static let suffix = ".partial"

    /// As it was given, for errors.
    private let name: String
    /// Where it really is.
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private let folders: NewFolders?
    private var isFinished = false

    /// `folders` are those that were made for the file, which stay when it is finished.
    ///
    /// Throws `ImagingError.cannotCreate` when the directory does not let a file be made, or when an existing
    /// file may not be written.
    package init(path: String, in folders: NewFolders? = nil) throws(ImagingError) {
        let target = try Self.target(path)
        var temporaryPath = ""
        var descriptor: Int32 = -1
        repeat {
            let number = UInt64.random(in: 0 ... .max)
            temporaryPath = "\(target.directory)/\(Self.prefix)\(String(number, radix: 36))\(Self.suffix)"
            descriptor = Int32(
                retrying { Int(open(temporaryPath.cPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)) })
        } while descriptor < 0 && errno == EEXIST
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: systemReason()) }
        // Tells `removeTemporaries` that somebody is at it; the system gives it back when the process ends.
        _ = flock(descriptor, LOCK_SH | LOCK_NB)
        if let permissions = target.permissions { fchmod(descriptor, permissions) }
        name = path
        self.path = "\(target.directory)/\(target.name)"
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        self.folders = folders
    }

    /// Whether both will be one file, as symbolic links can have it.
    package func isSameFile(as other: AtomicFile) -> Bool {
        let (own, others) = (splitPath(path), splitPath(other.path))
        return own.name == others.name && FileStatus.areSame(own.directory, others.directory)
    }

    /// Makes the file `path` of `bytes`. Throws `ImagingError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(ImagingError) {
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.finish()
    }

    /// Throws what `init` would throw, for work that should not begin if its result cannot be kept.
    package static func probe(_ path: String) throws(ImagingError) {
        _ = try AtomicFile(path: path)
    }

    /// Removes the temporary files that killed processes have left in a directory; what another one is writing stays.
    package static func removeTemporaries(in directory: String) {
        for name in FolderContents.names(directory) where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let path = "\(directory)/\(name)"
            if !isLocked(path) { unlink(path.cPath) }
        }
    }

    private static func isLocked(_ path: String) -> Bool {
        let descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) })
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporaryPath.cPath) }
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        try writeAll(bytes, to: descriptor, path: name)
    }

    package func finish() throws(ImagingError) {
        try synchronize(descriptor, path: name)
        guard rename(temporaryPath.cPath, path.cPath) == 0 else {
            throw .cannotCreate(path: name, reason: systemReason())
        }
        isFinished = true
        try synchronizeDirectory(splitPath(path).directory)
        try folders?.keep()
    }

    /// Where the file really goes, and the permissions that an existing one has.
    private static func target(
        _ path: String
    ) throws(ImagingError) -> (directory: String, name: String, permissions: mode_t?) {
        guard !path.isEmpty, path.last != "/", !path.utf8.contains(0) else {
            throw .cannotCreate(path: path, reason: "that is not a file's name")
        }
        var status = stat()
        guard stat(path.cPath, &status) == 0 else {
            let (directory, name) = splitPath(try linked(path))
            return (directory, name, nil)
        }
        switch PathKind(path) {
        case .folder: throw .cannotCreate(path: path, reason: systemReason(EISDIR))
        case .stream: throw .cannotCreate(path: path, reason: "a pipe or device is there")
        case .file, .missing: break
        }
        guard access(path.cPath, W_OK) == 0, let resolved = realPath(path) else {
            throw .cannotCreate(path: path, reason: systemReason())
        }
        let (directory, name) = splitPath(resolved)
        return (directory, name, status.st_mode & 0o7777)
    }

    /// What `path`, where no file is, leads to: itself, or the end of the symbolic links that begin there.
    private static func linked(_ path: String) throws(ImagingError) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            guard let target = linkTarget(place) else { return place }
            place = target
        }
        throw .cannotCreate(path: path, reason: systemReason(ELOOP))
    }
}
