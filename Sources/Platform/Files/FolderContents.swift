/// The contents of a folder.
package enum FolderContents {
    /// The names in the folder that `isWanted`, without "." and "..", in their order.
    ///
    /// Throws `OutputError.cannotRead`, and never takes a folder that it cannot read for an empty one: what stands
    /// there would be written over.
    static func names(
        _ path: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(OutputError) -> [String] {
        do throws(SystemError) {
            return try list(path, where: isWanted)
        } catch {
            throw .cannotRead(path: path, reason: error.reason)
        }
    }

    /// The same for callers that make errors of their own of a failed call.
    package static func list(
        _ path: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(SystemError) -> [String] {
        guard let folder = opendir(path.cPath) else { throw SystemError("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            // The end and a failure are told apart by this alone.
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(systemBytes: $0.prefix { $0 != 0 })
            }
            if name != ".", name != "..", isWanted(name) { names.append(name) }
        }
        let code = errno
        guard code == 0 else { throw SystemError("list", path, code: code) }
        return names.sorted()
    }

    /// Removes a file, or a folder with all that is in it, as far as that is possible. Links are removed, not
    /// followed.
    static func removeAll(_ path: String) {
        guard FileStatus.isFolderItself(path) else {
            unlink(path.cPath)
            return
        }
        for name in (try? names(path)) ?? [] { removeAll("\(path)/\(name)") }
        rmdir(path.cPath)
    }
}
