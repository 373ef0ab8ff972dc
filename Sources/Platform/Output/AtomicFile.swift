/// A file that appears under its name complete or not at all: the bytes go to a temporary file in the same
/// directory, which `finish` makes durable and renames. Without `finish`, the temporary file is removed.
///
/// A name that exists is replaced, and keeps its permissions; one that is a symbolic link stays a link, and
/// the file it names is made or replaced. A pipe or device is not replaced.
///
/// A process that is killed leaves its temporary file behind; the next one that writes to the same name removes it.
package final class AtomicFile: ByteSink {
    /// The given path, for errors.
    private let name: String
    /// The path with links resolved.
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private let folders: NewFolders?
    private var isFinished = false

    /// - Parameters:
    ///   - folders: were made for the file, and stay when it is finished.
    ///   - isOneOfMany: leftovers of killed processes stay, because the directory would be listed for each file;
    ///     `removeTemporaries(in:)` removes those of all.
    /// - Throws: `OutputError.cannotCreate` if no file can be created in the directory, or if an existing file is not
    ///   writable.
    package init(
        path: String, in folders: NewFolders? = nil, isOneOfMany: Bool = false
    ) throws(OutputError) {
        let target = try Self.target(path)
        if !isOneOfMany {
            Self.removeLeftovers(in: target.directory, where: PartialName.matcher(of: target.name))
        }
        guard let (temporaryPath, descriptor) = Self.makeTemporary(for: target.name, in: target.directory)
        else { throw .cannotCreate(path: path, reason: systemReason()) }
        if let permissions = target.permissions { fchmod(descriptor, permissions) }
        name = path
        self.path = "\(target.directory)/\(target.name)"
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
        self.folders = folders
    }

    /// Returns whether both are the same file, through symbolic links.
    package func isSameFile(as other: AtomicFile) -> Bool {
        let (own, others) = (splitPath(path), splitPath(other.path))
        return own.name == others.name && FileStatus.areSame(own.directory, others.directory)
    }

    /// Writes `bytes` to the file `path`. Throws `OutputError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.finish()
    }

    /// Throws what `init` would throw, before work whose result could not be kept.
    package static func probe(_ path: String) throws(OutputError) {
        _ = try AtomicFile(path: path)
    }

    /// Removes the temporary files that killed processes left in a directory, but not those of running processes.
    package static func removeTemporaries(in directory: String) {
        removeLeftovers(in: directory, where: PartialName.matches)
    }

    /// Does nothing in a directory that cannot be listed.
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
        // While the lock is held: a process that has just created the file fails to lock it, and takes another name.
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
                // Without the name, it is merely not removed if this process is killed.
                if errno != ENOENT { return (path, descriptor) }
            }
            // Another process removed it as a leftover before it was locked or renamed.
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
        try appear()
        try synchronizeDirectory(splitPath(path).directory)
        try folders?.keep()
    }

    /// Finishes several files. They are made durable together: with a call for each, a thousand take minutes.
    package static func finish(_ files: [AtomicFile]) throws(OutputError) {
        guard files.count > 1 else {
            for file in files { try file.finish() }
            return
        }
        // More than one, where existing names are links.
        let directories = Set(files.map { splitPath($0.path).directory })
        for directory in directories { try synchronizeFileSystem(directory) }
        for file in files { try file.appear() }
        for directory in directories { try synchronizeDirectory(directory) }
        for file in files { try file.folders?.keep() }
    }

    /// Gives the file its name.
    private func appear() throws(OutputError) {
        try flush(descriptor, path: name)
        guard rename(temporaryPath.cPath, path.cPath) == 0 else {
            throw .cannotCreate(path: name, reason: systemReason())
        }
        isFinished = true
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
            // A file that cannot be examined may exist, and must not be replaced.
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

    /// The end of the chain of symbolic links at `path`, where no file exists.
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
