/// A file that appears under its name complete or not at all: the bytes go to a temporary file in the same
/// directory, which `finish` makes durable and renames. Without `finish`, the temporary file is removed.
///
/// A name that exists is replaced, and keeps its permissions; one that is a symbolic link stays a link, and
/// the file it names is made or replaced. A pipe or device is not replaced.
///
/// A process that is killed leaves its temporary file behind; the next one that writes to the same name removes it.
package final class AtomicFile: ByteSink {
    /// The path as it was given, for errors.
    private let name: String
    /// The path without links.
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private let folders: NewFolders?
    private var isFinished = false

    /// `folders` are those that were made for the file, which stay when it is finished.
    ///
    /// Throws `OutputError.cannotCreate` when the directory does not let a file be made, or when an existing
    /// file may not be written.
    package init(path: String, in folders: NewFolders? = nil) throws(OutputError) {
        let target = try Self.target(path)
        Self.removeLeftovers(in: target.directory, where: PartialName.matcher(of: target.name))
        guard let (temporaryPath, descriptor) = Self.makeTemporary(for: target.name, in: target.directory)
        else { throw .cannotCreate(path: path, reason: systemReason()) }
        if let permissions = target.permissions { fchmod(descriptor, permissions) }
        name = path
        self.path = "\(target.directory)/\(target.name)"
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        self.folders = folders
    }

    /// Returns whether both will be one file, by way of symbolic links.
    package func isSameFile(as other: AtomicFile) -> Bool {
        let (own, others) = (splitPath(path), splitPath(other.path))
        return own.name == others.name && FileStatus.areSame(own.directory, others.directory)
    }

    /// Makes the file `path` of `bytes`. Throws `OutputError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.finish()
    }

    /// Throws what `init` would throw, for work that should not begin if its result cannot be kept.
    package static func probe(_ path: String) throws(OutputError) {
        _ = try AtomicFile(path: path)
    }

    /// Removes the temporary files that killed processes have left in a directory; what another one is writing stays.
    package static func removeTemporaries(in directory: String) {
        removeLeftovers(in: directory, where: PartialName.matches)
    }

    /// A directory that cannot be listed keeps what was left in it.
    private static func removeLeftovers(in directory: String, where isOurs: (String) -> Bool) {
        for name in (try? FolderContents.names(directory, where: isOurs)) ?? [] {
            removeLeftover("\(directory)/\(name)", name)
        }
    }

    /// Removes a temporary file if the process that made it is known to be gone.
    static func removeLeftover(_ path: String, _ name: String) {
        if let owner = PartialName.owner(of: name) {
            if owner.isGone { unlink(path.cPath) }
            return
        }
        let descriptor = Int32(
            retrying { Int(open(path.cPath, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)) })
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // While the lock is held: whoever has just made the file does not get it, and takes another name.
        if FileLock.take(descriptor) == .held { unlink(path.cPath) }
    }

    /// A new temporary file, with a lock on it or its process in its name; nil leaves the reason in `errno`.
    private static func makeTemporary(
        for target: String, in directory: String
    ) -> (path: String, descriptor: Int32)? {
        while true {
            let path = "\(directory)/\(PartialName.file(for: target))"
            let descriptor = Int32(
                retrying { Int(open(path.cPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)) })
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                return nil
            }
            if FileLock.take(descriptor) == .held {
                if FileStatus.isOpen(descriptor, at: path) { return (path, descriptor) }
            } else {
                let owned = "\(directory)/\(PartialName.file(for: target, owner: .current))"
                if rename(path.cPath, owned.cPath) == 0 { return (owned, descriptor) }
                // Without the name, it only is not removed when this process is killed.
                if errno != ENOENT { return (path, descriptor) }
            }
            // Somebody took it for a leftover before it had its lock or its name.
            unlink(path.cPath)
            close(descriptor)
        }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporaryPath.cPath) }
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        try writeAll(bytes, to: descriptor, path: name)
    }

    package func finish() throws(OutputError) {
        try synchronize(descriptor, path: name)
        try flush(descriptor, path: name)
        guard rename(temporaryPath.cPath, path.cPath) == 0 else {
            throw .cannotCreate(path: name, reason: systemReason())
        }
        isFinished = true
        try synchronizeDirectory(splitPath(path).directory)
        try folders?.keep()
    }

    /// The path without links, and the permissions of an existing file.
    private static func target(
        _ path: String
    ) throws(OutputError) -> (directory: String, name: String, permissions: mode_t?) {
        guard !path.isEmpty, path.last != "/", !path.utf8.contains(0) else {
            throw .cannotCreate(path: path, reason: "not a file name")
        }
        var status = stat()
        guard stat(path.cPath, &status) == 0 else {
            // What cannot be looked at may be there, and is not to be replaced unseen.
            guard errno == ENOENT else { throw .cannotCreate(path: path, reason: systemReason()) }
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

    /// The end of the symbolic links that begin at `path`, where no file is.
    private static func linked(_ path: String) throws(OutputError) -> String {
        var place = path
        // As many as Linux follows.
        for _ in 0..<40 {
            guard let target = linkTarget(place) else { return place }
            place = target
        }
        throw .cannotCreate(path: path, reason: systemReason(ELOOP))
    }
}
