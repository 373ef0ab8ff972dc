import Platform

/// The directory of one training run, locked for one writer.
///
///     RUN/config.json         what was asked for, written before the first step
///     RUN/checkpoint          the state after the last finished epoch
///     RUN/curves.csv          losses of each finished epoch
///     RUN/samples/epoch-N.png grids of generated digits
///     RUN/lock                held while a process trains
///     RUN/figures.json        what a comparison measured of the finished generator
package final class RunDirectory {
    package static let configurationName = "config.json"
    private static let checkpointName = "checkpoint"
    private static let curvesName = "curves.csv"
    private static let lockName = "lock"

    package let path: String
    /// The open descriptor that holds the lock.
    private let lock: Int32

    package var checkpointPath: String { RunDirectory.checkpointPath(in: path) }
    package var curvesPath: String { RunDirectory.curvesPath(in: path) }
    package var configurationPath: String { RunDirectory.configurationPath(in: path) }

    /// The path of `checkpoint` in the run at `path`.
    package static func checkpointPath(in path: String) -> String { "\(path)/\(checkpointName)" }

    /// The path of `curves.csv` in the run at `path`.
    package static func curvesPath(in path: String) -> String { "\(path)/\(curvesName)" }

    /// The path of `config.json` in the run at `path`.
    package static func configurationPath(in path: String) -> String { "\(path)/\(configurationName)" }

    /// The path of an epoch's grid.
    package func samplePath(epoch: Int) -> String { RunDirectory.samplePath(epoch: epoch, in: path) }

    /// The path of an epoch's grid in the run at `path`.
    package static func samplePath(epoch: Int, in path: String) -> String {
        let digits = String(epoch)
        return path + "/samples/epoch-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            + ".png"
    }

    /// A new run in a directory that holds none; the directory and those above it are made where there are none.
    ///
    /// - Throws: `RunError.alreadyExists`, `.noConfiguration`, `.locked`, `.cannotCreate`, `.output`.
    package static func create(
        _ path: String, configuration: RunConfiguration
    ) throws(RunError) -> RunDirectory {
        try makeDirectories(path)
        let run = try RunDirectory(locking: path)
        guard FileBytes.isFree(run.configurationPath) else { throw .alreadyExists(path: path) }
        guard !isLeftover(path) else { throw .noConfiguration(path: path) }
        try makeDirectory(path + "/samples")
        try run.write(configuration)
        return run
    }

    /// True if a run stands in the directory at `path`.
    package static func holdsRun(_ path: String) -> Bool { FileBytes.exists(configurationPath(in: path)) }

    /// True if a run has learnt something in the directory at `path`, and its configuration is gone.
    private static func isLeftover(_ path: String) -> Bool {
        !holdsRun(path) && ![checkpointPath(in: path), curvesPath(in: path)].allSatisfy(FileBytes.isFree)
    }

    /// The run that stands in a directory, to be continued.
    ///
    /// - Throws: `RunError.noRun`, `.noConfiguration`, `.locked`, `.cannotCreate`.
    package static func existing(_ path: String) throws(RunError) -> RunDirectory {
        guard !isLeftover(path) else { throw .noConfiguration(path: path) }
        guard holdsRun(path) else { throw .noRun(path: path) }
        let run = try RunDirectory(locking: path)
        try makeDirectory(path + "/samples")
        return run
    }

    /// Takes the directory over: also from a process that was killed while it wrote.
    private init(locking path: String) throws(RunError) {
        let lockPath = path + "/" + RunDirectory.lockName
        let descriptor = Int32(retrying { Int(open(lockPath.cPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)) })
        guard descriptor >= 0 else { throw .cannotCreate(SystemError("create", lockPath)) }
        // A file system without locks cannot report another writer.
        guard FileLock.take(descriptor) != .inUse else {
            close(descriptor)
            throw .locked(path: path)
        }
        self.path = path
        lock = descriptor
        for directory in [path, path + "/samples"] { AtomicFile.removeTemporaries(in: directory) }
    }

    deinit { close(lock) }

    /// Checks that the run was not moved: its path may now be another run's.
    ///
    /// - Throws: `RunError.moved`.
    func requireLock() throws(RunError) {
        guard FileStatus.isOpen(lock, at: path + "/" + RunDirectory.lockName) else {
            throw .moved(path: path)
        }
    }

    /// Writes the run's description.
    package func write(_ configuration: RunConfiguration) throws(RunError) {
        let line = Array((configuration.json + "\n").utf8)
        do { try AtomicFile.write(line, to: configurationPath) } catch { throw .output(error) }
    }

    /// Makes a directory and all those above it, as far as they do not exist.
    package static func makeDirectories(_ path: String) throws(RunError) {
        for index in path.utf8.indices.dropFirst() where path.utf8[index] == UInt8(ascii: "/") {
            try makeDirectory(String(path[..<index]))
        }
        try makeDirectory(path)
    }

    private static func makeDirectory(_ path: String) throws(RunError) {
        guard mkdir(path.cPath, 0o777) != 0 else { return }
        let code = errno
        if code == EEXIST, FileStatus.isFolder(path) { return }
        throw .cannotCreate(SystemError("create the directory", path, code: code))
    }
}
