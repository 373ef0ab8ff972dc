/// Folders created for a result, with all missing folders above them. Those that are empty are removed again, unless
/// `keep` is called.
///
/// Files written into them must keep a reference to this value, so that they are removed before the folders.
package final class NewFolders {
    /// The folders created here, the outermost first.
    private var made: [String] = []

    /// Creates the folder `path`. Throws `OutputError.cannotCreate`.
    package init(_ path: String) throws(OutputError) {
        // A process that fails may remove a folder above that it created, while this process relies on it.
        for _ in 0..<100 {
            let reason = make(path)
            guard let reason else { return }
            guard reason == ENOENT else { throw .cannotCreate(path: path, reason: systemReason(reason)) }
        }
        throw .cannotCreate(path: path, reason: systemReason(ENOENT))
    }

    /// Creates the folders above `path`, but not `path` itself. Throws `OutputError.cannotCreate`.
    package convenience init(above path: String) throws(OutputError) {
        try self.init(Self.parent(path) ?? ".")
    }

    /// Keeps the folders. Throws `OutputError.cannotWrite` if that cannot be made durable.
    package func keep() throws(OutputError) {
        let kept = made
        made = []
        for path in kept { try synchronizeDirectory(Self.parent(path) ?? ".") }
    }

    deinit {
        for path in made.reversed() { rmdir(path.cPath) }
    }

    /// Creates `path` and the missing folders above it. Returns the error number of a failed call, or nil. (If a file
    /// has the name, creating something in it will fail.)
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

    /// The folder that contains `path`; nil if the path does not name one.
    private static func parent(_ path: String) -> String? {
        let name = trimmed(path[...])
        // By bytes: a slash and a combining mark after it are one character.
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")), slash != name.startIndex else {
            return nil
        }
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
