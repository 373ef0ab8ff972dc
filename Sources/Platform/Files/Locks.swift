/// The outcome of asking for the exclusive lock of an open file, which lasts until the process closes it or ends.
///
/// Network file systems lock only files open for writing, and some file systems have no locks.
package enum FileLock {
    case held
    /// Another process holds it.
    case inUse
    /// The file system has no locks, or none left.
    case unsupported

    /// Asks without waiting.
    package static func take(_ descriptor: Int32) -> FileLock {
        guard retrying({ Int(flock(descriptor, LOCK_EX | LOCK_NB)) }) != 0 else { return .held }
        return errno == EWOULDBLOCK ? .inUse : .unsupported
    }
}

/// The exclusive right to fill a folder.
///
/// It is the lock of a temporary file in the folder. On NFS, a lock of the folder itself would hold only among the
/// processes of one machine.
final class FolderLock {
    /// False if there are no locks: then other processes may be filling the folder, too.
    let isHeld: Bool
    private let file: String
    private var descriptor: Int32

    /// Takes the lock of the folder `path`; nil if another process removed the folder or the lock file in the
    /// meantime. Throws `OutputError.folderInUse` and `.cannotCreate`.
    init?(_ path: String) throws(OutputError) {
        let file = "\(path)/\(PartialName.lock)"
        let flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        var descriptor = Int32(retrying { Int(open(file.cPath, flags | O_CREAT | O_EXCL, 0o666)) })
        let isNew = descriptor >= 0
        if !isNew, errno == EEXIST { descriptor = Int32(retrying { Int(open(file.cPath, flags)) }) }
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotCreate(path: path, reason: systemReason())
        }
        let lock = FileLock.take(descriptor)
        switch lock {
        case .held:
            guard FileStatus.isOpen(descriptor, at: file) else {
                close(descriptor)
                return nil
            }
        case .inUse:
            close(descriptor)
            throw .folderInUse(path: path, by: "another process is writing into it")
        case .unsupported:
            if isNew { unlink(file.cPath) }
        }
        isHeld = lock == .held
        self.file = file
        self.descriptor = descriptor
    }

    deinit { release() }

    /// Gives the lock back.
    func release() {
        guard descriptor >= 0 else { return }
        // First the file, so that no other process gets the lock of one that is about to be removed.
        if isHeld { unlink(file.cPath) }
        close(descriptor)
        descriptor = -1
    }
}
