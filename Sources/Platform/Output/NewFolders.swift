/// Folders that are made for a result, with all those above them that are missing. They go again, as far as they are
/// empty, unless `keep` says that the result is there.
///
/// Whatever is written into them must hold on to this, so that it is gone when they go.
package final class NewFolders {
    /// The folders that were made here, the outermost first.
    private var made: [String] = []

    /// Makes the folder `path`. Throws `OutputError.cannotCreate`.
    package init(_ path: String) throws(OutputError) {
        // Another process, which has failed, may remove a folder above that it had made while this one relies on it.
        for _ in 0..<100 {
            let reason = make(path)
            guard let reason else { return }
            guard reason == ENOENT else { throw .cannotCreate(path: path, reason: systemReason(reason)) }
        }
        throw .cannotCreate(path: path, reason: systemReason(ENOENT))
    }

    /// Makes the folders above `path`, which need not be there itself. Throws `OutputError.cannotCreate`.
    package convenience init(above path: String) throws(OutputError) {
        try self.init(Self.parent(path) ?? ".")
    }

    /// The folders stay. Throws `OutputError.cannotWrite` when that cannot be made durable.
    package func keep() throws(OutputError) {
        let kept = made
        made = []
        for path in kept { try synchronizeDirectory(Self.parent(path) ?? ".") }
    }

    deinit {
        for path in made.reversed() { rmdir(path.cPath) }
    }

    /// Makes `path` and what is missing above it. Returns the error number of a call that failed, nil when all is
    /// there. (That there is a folder, and no file, shows when something is made in it.)
    private func make(_ path: String) -> Int32? {
        var failure = attempt(path)
        if failure == ENOENT, let parent = Self.parent(path) {
            failure = make(parent) ?? attempt(path)
        }
        return failure
    }

    private func attempt(_ path: String) -> Int32? {
        guard mkdir(path.cPath, 0o777) != 0 else {
            made.append(path)
            return nil
        }
        return errno == EEXIST ? nil : errno
    }

    /// The folder that `path` is in; nil when that is not said.
    private static func parent(_ path: String) -> String? {
        let name = trimmed(path[...])
        guard let slash = name.lastIndex(of: "/"), slash != name.startIndex else { return nil }
        let parent = trimmed(name[..<slash])
        return parent == "/" ? nil : String(parent)
    }

    /// Without slashes at the end.
    private static func trimmed(_ path: Substring) -> Substring {
        var path = path
        while path.utf8.count > 1, path.last == "/" { path.removeLast() }
        return path
    }
}
