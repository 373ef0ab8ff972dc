import SystemText

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Files that appear in a folder all complete, or not at all.
///
/// They are written into a hidden folder inside it (`.digitgen-….partial`), made durable by `finish`, and
/// then moved into place by renaming. Without `finish` the hidden folder is removed, and so is the folder
/// itself if it was made here. What a killed process has left behind is removed by the next one, and so is what
/// it had moved already; a lock tells it from the work of a process that still runs.
package final class StagedFolder {
    private static let prefix = ".digitgen-"
    private static let suffix = ".partial"
    /// Folders in the hidden folder: in `moves` one for each name that is moved, in `ending` one for the last.
    private static let moves = ".moves"
    private static let ending = ".ending"

    /// The folder in which the files appear.
    package let path: String
    private let staging: String
    private let lock: Int32
    private let madeFolder: Bool
    private var hasManyFiles = false
    private var isFinished = false

    /// Makes the folder when it is missing (not the one above it). Throws `ImagingError.folderInUse` when it
    /// holds anything, and `.cannotCreate`.
    package init(path: String) throws(ImagingError) {
        let path = path.count > 1 && path.last == "/" ? String(path.dropLast()) : path
        let madeFolder = mkdir(path.cPath, 0o777) == 0
        guard madeFolder || errno == EEXIST else { throw .cannotCreate(path: path, reason: systemReason()) }
        if !madeFolder { try Self.requireEmpty(path) }

        let number = UInt64.random(in: 0 ... .max)
        let staging = "\(path)/\(Self.prefix)\(String(number, radix: 36))\(Self.suffix)"
        guard mkdir(staging.cPath, 0o777) == 0 else {
            let reason = systemReason()
            if madeFolder { rmdir(path.cPath) }
            throw .cannotCreate(path: path, reason: reason)
        }
        self.path = path
        self.staging = staging
        self.madeFolder = madeFolder
        self.lock = Self.openFolder(staging)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            throw .cannotCreate(path: path, reason: systemReason())
        }
    }

    deinit {
        if !isFinished {
            Self.clear(staging, in: path)
            if madeFolder { rmdir(path.cPath) }
        }
        if lock >= 0 { close(lock) }
    }

    private static func openFolder(_ path: String) -> Int32 {
        Int32(retrying { Int(open(path.cPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) })
    }

    /// Makes a folder for files; `name` is relative.
    package func makeFolder(_ name: String) throws(ImagingError) {
        guard mkdir("\(staging)/\(name)".cPath, 0o777) == 0 || errno == EEXIST else {
            throw .cannotCreate(path: "\(path)/\(name)", reason: systemReason())
        }
    }

    /// A new file; `name` is relative. `isOneOfMany` leaves it to `finish` to make all such files durable at
    /// once: with a call for each, a folder of 60,000 pictures takes minutes.
    package func file(_ name: String, isOneOfMany: Bool = false) throws(ImagingError) -> any ByteSink {
        hasManyFiles = hasManyFiles || isOneOfMany
        return try StagedFile(
            stagedPath: "\(staging)/\(name)", path: "\(path)/\(name)", isDurable: !isOneOfMany)
    }

    /// Makes everything durable and visible; the file or folder called `last` appears after all others.
    package func finish(last: String) throws(ImagingError) {
        if hasManyFiles { sync() }
        let names = FolderContents.names(staging).filter { $0 != last }
        try note(names, as: Self.moves)
        try note([last], as: Self.ending)
        try synchronizeDirectory(staging)
        for name in names + [last] {
            guard rename("\(staging)/\(name)".cPath, "\(path)/\(name)".cPath) == 0 else {
                throw .cannotCreate(path: "\(path)/\(name)", reason: systemReason())
            }
        }
        isFinished = true
        FolderContents.removeAll(staging)
        try synchronizeDirectory(path)
    }

    /// Notes in the hidden folder what is about to be moved out of it.
    private func note(_ names: [String], as kind: String) throws(ImagingError) {
        for folder in [kind] + names.map({ "\(kind)/\($0)" }) { try makeFolder(folder) }
        try synchronizeDirectory("\(staging)/\(kind)")
    }

    /// Removes a hidden folder, and what has been moved out of it unless all of it has.
    private static func clear(_ staging: String, in path: String) {
        let left = FolderContents.names(staging)
        let ending = FolderContents.names("\(staging)/\(ending)")
        if let last = ending.first, left.contains(last) {
            for name in FolderContents.names("\(staging)/\(moves)") where !left.contains(name) {
                FolderContents.removeAll("\(path)/\(name)")
            }
        }
        FolderContents.removeAll(staging)
    }

    /// Throws `ImagingError.folderInUse` unless the folder is empty, but for what killed processes left,
    /// which goes now.
    private static func requireEmpty(_ path: String) throws(ImagingError) {
        var status = stat()
        guard stat(path.cPath, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .cannotCreate(path: path, reason: systemReason(ENOTDIR))
        }
        for name in FolderContents.names(path) where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
            let stale = "\(path)/\(name)"
            let descriptor = openFolder(stale)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw .folderInUse(path: path, by: "another process is writing into it")
            }
            clear(stale, in: path)
        }
        if let name = FolderContents.names(path).first {
            throw .folderInUse(path: path, by: "it holds '\(name)'")
        }
    }
}

/// A file of a staged folder.
private final class StagedFile: ByteSink {
    private var descriptor: Int32
    private let path: String
    private let isDurable: Bool
    /// Bytes written, and how many of them the disk has been asked to take.
    private var written = 0
    private var begun = 0

    /// Bytes that are worth a call to begin with.
    private static let portion = 8 << 20

    init(stagedPath: String, path: String, isDurable: Bool) throws(ImagingError) {
        descriptor = Int32(
            retrying { Int(open(stagedPath.cPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)) })
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: systemReason()) }
        self.path = path
        self.isDurable = isDurable
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        try writeAll(bytes, to: descriptor, path: path)
        written += bytes.count
        guard isDurable, written - begun >= Self.portion else { return }
        beginSynchronizing(descriptor, offset: begun, count: written - begun)
        begun = written
    }

    func finish() throws(ImagingError) {
        if isDurable { try synchronize(descriptor, path: path) }
        // Network file systems report a full disk only here.
        let status = close(descriptor)
        descriptor = -1
        guard status == 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    }
}
