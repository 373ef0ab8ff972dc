/// Files that appear in a folder all complete, or not at all.
///
/// They are written into a hidden folder inside it (`.digitgen-….partial`), made durable by `finish`, and then moved
/// into place, where nothing is replaced. Without `finish` the hidden folder is removed, and so is the folder itself if
/// it was made here. The next process removes the leftovers of a killed one, including files that it had moved.
///
/// A `FolderLock`, taken before anything is created, ensures that one process at a time works in a folder. Without
/// locks, the first process that moves a name into place wins, and the others end without having changed anything.
package final class StagedFolder {
    /// Folders in the hidden folder: `moves` holds one for each name to be moved, `ending` one for the last.
    private static let moves = ".moves"
    private static let ending = ".ending"

    /// The folder in which the files appear.
    package let path: String
    private let staging: String
    private let lock: FolderLock
    private let madeFolder: Bool
    /// The names created here, without the content of folders.
    private var created: Set<String> = []
    private var moved: [Move] = []
    private var hasManyFiles = false
    private var isFinished = false

    /// Creates the folder if it is missing (not the one above it). Throws `OutputError.folderInUse` if it is not empty
    /// or another process fills it, `.cannotRead` and `.cannotCreate`.
    package init(path: String) throws(OutputError) {
        let path = path.count > 1 && path.last == "/" ? String(path.dropLast()) : path
        let (lock, madeFolder) = try Self.claim(path)
        do {
            staging = try Self.makeStaging(in: path, lock)
        } catch {
            lock.release()
            if madeFolder { rmdir(path.cPath) }
            throw error
        }
        self.path = path
        self.lock = lock
        self.madeFolder = madeFolder
    }

    deinit {
        if !isFinished {
            // If this fails, the notes let the next process do it.
            try? Self.clear(staging, moved, in: path)
        }
        lock.release()
        if !isFinished, madeFolder { rmdir(path.cPath) }
    }

    /// Creates a folder for files; `name` is relative.
    package func makeFolder(_ name: String) throws(OutputError) {
        guard mkdir("\(staging)/\(name)".cPath, 0o777) == 0 || errno == EEXIST else {
            throw .cannotCreate(path: "\(path)/\(name)", reason: systemReason())
        }
        noteCreated(name)
    }

    /// A new file; `name` is relative. Files with `isOneOfMany` are made durable together by `finish`: with a call for
    /// each, a folder of 60,000 pictures takes minutes.
    package func file(_ name: String, isOneOfMany: Bool = false) throws(OutputError) -> any ByteSink {
        hasManyFiles = hasManyFiles || isOneOfMany
        let file = try StagedFile(
            stagedPath: "\(staging)/\(name)", path: "\(path)/\(name)", isDurable: !isOneOfMany)
        noteCreated(name)
        return file
    }

    /// Writes a file that is one of many, as `file(_:isOneOfMany:)` does.
    package func writeFile(_ name: String, _ bytes: ArraySlice<UInt8>) throws(OutputError) {
        let file = try file(name, isOneOfMany: true)
        try file.write(bytes)
        try file.finish()
    }

    private func noteCreated(_ name: String) {
        created.insert(String(name.prefix { $0 != "/" }))
    }

    /// Makes everything durable and visible; the file or folder called `last` appears after all others.
    ///
    /// Throws `OutputError.folderInUse` if another process has created one of the names.
    package func finish(last: String) throws(OutputError) {
        if hasManyFiles { try synchronizeFileSystem(staging) }
        // All processes move in this order: of several that fill a folder without a lock, one gets all names.
        let names = created.subtracting([last]).sorted()
        let first = try names.map { name throws(OutputError) in try move(of: name) }
        let final = try move(of: last)
        try note(first, as: Self.moves)
        try note([final], as: Self.ending)
        try synchronizeDirectory(staging)
        for move in first { try perform(move) }
        try synchronizeDirectory(path)
        try perform(final)
        isFinished = true
        FolderContents.removeAll(staging)
        lock.release()
        try synchronizeDirectory(path)
    }

    /// Removes what a killed process left in a folder that it had finished, unless another process is working there.
    package static func removeLeftovers(in path: String) {
        guard let names = try? FolderContents.names(path, where: PartialName.matches), !names.isEmpty,
            let lock = try? FolderLock(path)
        else { return }
        try? removeLeftovers(in: path, lock)
    }

    private func move(of name: String) throws(OutputError) -> Move {
        guard let identity = try FileStatus.identity("\(staging)/\(name)") else {
            throw .cannotCreate(path: "\(path)/\(name)", reason: systemReason(ENOENT))
        }
        return Move(name: name, identity: identity)
    }

    private func perform(_ move: Move) throws(OutputError) {
        // Before the attempt: a call that fails may have taken effect.
        moved.append(move)
        try move.perform(from: staging, to: path)
    }

    /// Records in the hidden folder what is about to be moved out of it.
    private func note(_ moves: [Move], as kind: String) throws(OutputError) {
        for folder in [kind] + moves.map({ "\(kind)/\($0.note)" }) {
            guard mkdir("\(staging)/\(folder)".cPath, 0o777) == 0 else {
                throw .cannotCreate(path: path, reason: systemReason())
            }
        }
        try synchronizeDirectory("\(staging)/\(kind)")
    }
}

extension StagedFolder {
    /// The most attempts to take a lock. One fails if another process removes the lock file or the folder meanwhile.
    private static let attempts = 100

    /// Creates the folder if it is missing, checks that it is empty, and takes its lock.
    private static func claim(_ path: String) throws(OutputError) -> (lock: FolderLock, madeFolder: Bool) {
        for _ in 0..<attempts {
            let madeFolder = mkdir(path.cPath, 0o777) == 0
            guard madeFolder || errno == EEXIST else {
                throw .cannotCreate(path: path, reason: systemReason())
            }
            do {
                // In a folder with files of others, not even a lock is created.
                if !madeFolder { try requireVacant(path, orLeftovers: true) }
                if let lock = try FolderLock(path) { return (lock, madeFolder) }
            } catch {
                if madeFolder { rmdir(path.cPath) }
                guard case .cannotRead = error, PathKind(path) == .missing else { throw error }
                if try FileStatus.identity(path) == nil { continue }
                // A dangling link.
                break
            }
        }
        throw .cannotCreate(path: path, reason: systemReason(ENOENT))
    }

    /// Checks again that the folder is empty, now under the lock, and creates the hidden folder.
    private static func makeStaging(in path: String, _ lock: FolderLock) throws(OutputError) -> String {
        try removeLeftovers(in: path, lock)
        try requireVacant(path)
        let staging = "\(path)/\(PartialName.folder(owner: lock.isHeld ? nil : .current))"
        guard mkdir(staging.cPath, 0o777) == 0 else {
            throw .cannotCreate(path: path, reason: systemReason())
        }
        return staging
    }

    /// Throws `OutputError.folderInUse` if the folder contains anything but unfinished output. With `orLeftovers`,
    /// other files beside unfinished output may belong to it.
    private static func requireVacant(
        _ path: String, orLeftovers: Bool = false
    ) throws(OutputError) {
        switch PathKind(path) {
        case .file, .stream: throw .cannotCreate(path: path, reason: systemReason(ENOTDIR))
        case .folder, .missing: break
        }
        let names = try FolderContents.names(path)
        if orLeftovers, names.contains(where: PartialName.matches) { return }
        if let name = names.first(where: { !PartialName.matches($0) }) {
            throw .folderInUse(path: path, by: "it holds '\(name)'")
        }
    }

    /// Removes what ended processes left. Under the lock, all leftovers are theirs.
    private static func removeLeftovers(in path: String, _ lock: FolderLock) throws(OutputError) {
        let names = try FolderContents.names(path) { PartialName.matches($0) && $0 != PartialName.lock }
        for name in names {
            let leftover = "\(path)/\(name)"
            if !FileStatus.isFolderItself(leftover) {
                AtomicFile.removeLeftover(leftover, name)
            } else if PartialName.owner(of: name)?.isGone ?? lock.isHeld {
                try clear(leftover, in: path)
            }
        }
    }

    /// Removes a hidden folder, and what was moved out of it unless everything was.
    private static func clear(_ staging: String, in path: String) throws(OutputError) {
        let folders = try FolderContents.names(staging)
        var moved: [Move] = []
        if folders.contains(moves), folders.contains(ending),
            let last = try FolderContents.names("\(staging)/\(ending)").compactMap(Move.init).first,
            try !last.isDone(in: path)
        {
            moved = try FolderContents.names("\(staging)/\(moves)").compactMap(Move.init)
        }
        try clear(staging, moved, in: path)
    }

    /// Removes what was moved, and then the hidden folder, which records it.
    private static func clear(_ staging: String, _ moved: [Move], in path: String) throws(OutputError) {
        for move in moved { try move.takeBack(from: path) }
        FolderContents.removeAll(staging)
    }
}

/// A name that is moved out of a hidden folder.
private struct Move {
    let name: String
    /// The identity of the file, because a later file of that name may be another's.
    let identity: String

    init(name: String, identity: String) {
        self.name = name
        self.identity = identity
    }

    /// Reads `note`.
    init?(note: String) {
        let parts = note.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        self.init(name: String(parts[1]), identity: String(parts[0]))
    }

    /// The move as a file name, "81642.1790000000.5:images.npy".
    var note: String { "\(identity):\(name)" }

    func isDone(in folder: String) throws(OutputError) -> Bool {
        try FileStatus.identity("\(folder)/\(name)") == identity
    }

    func takeBack(from folder: String) throws(OutputError) {
        guard try isDone(in: folder) else { return }
        let path = "\(folder)/\(name)"
        FolderContents.removeAll(path)
        guard try FileStatus.identity(path) == nil else {
            throw .cannotCreate(
                path: folder, reason: "'\(name)', which an earlier run left, cannot be removed")
        }
    }

    /// Throws `OutputError.folderInUse` if the name exists.
    func perform(from staging: String, to folder: String) throws(OutputError) {
        let (source, target) = ("\(staging)/\(name)", "\(folder)/\(name)")
        if !FileStatus.isFolderItself(source) {
            // Unlike `rename`, it replaces nothing.
            if link(source.cPath, target.cPath) == 0 {
                unlink(source.cPath)
                return
            }
            // A network file system may repeat a request whose reply was lost.
            if errno == EEXIST, try isDone(in: folder) {
                unlink(source.cPath)
                return
            }
        }
        // Folders, and file systems without hard links. `rename` replaces no folder that is not empty.
        guard try FileStatus.identity(target) == nil else { throw isTaken(folder) }
        guard rename(source.cPath, target.cPath) != 0 else { return }
        if errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR { throw isTaken(folder) }
        throw .cannotCreate(path: target, reason: systemReason())
    }

    private func isTaken(_ folder: String) -> OutputError {
        .folderInUse(path: folder, by: "another process has put '\(name)' there")
    }
}

/// A file of a staged folder.
private final class StagedFile: ByteSink {
    private var descriptor: Int32
    private let path: String
    private let isDurable: Bool
    /// The number of bytes written, and of those whose writing to disk was started.
    private var written = 0
    private var begun = 0

    /// The number of bytes worth a call.
    private static let portion = 8 << 20

    init(stagedPath: String, path: String, isDurable: Bool) throws(OutputError) {
        descriptor = Int32(
            retrying { Int(open(stagedPath.cPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)) })
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: systemReason()) }
        self.path = path
        self.isDurable = isDurable
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        try writeAll(bytes, to: descriptor, path: path)
        written += bytes.count
        guard isDurable, written - begun >= Self.portion else { return }
        beginSynchronizing(descriptor, offset: begun, count: written - begun)
        begun = written
    }

    func finish() throws(OutputError) {
        if isDurable { try synchronize(descriptor, path: path) }
        // Network file systems report a full disk only here.
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    }
}
