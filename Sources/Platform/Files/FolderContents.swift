/// The contents of a folder.
package enum FolderContents {
    /// The names in the folder for which `isWanted` is true, without "." and "..", sorted.
    ///
    /// Throws `OutputError.cannotRead`. A folder that cannot be read is never treated as empty, because its files
    /// would be overwritten.
    static func names(
        _ path: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(OutputError) -> [String] {
        do throws(SystemError) {
            return try list(path, where: isWanted)
        } catch {
            throw .cannotRead(path: path, reason: error.reason)
        }
    }

    /// The same for callers that convert the error of the failed call.
    package static func list(
        _ path: String, where isWanted: (String) -> Bool = { _ in true }
    ) throws(SystemError) -> [String] {
        guard let folder = opendir(path.cPath) else { throw SystemError("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            // Only errno distinguishes the end from a failure.
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

    /// Removes a file, or a folder with its content, as far as possible. Links are removed, not followed.
    static func removeAll(_ path: String) {
        guard FileStatus.isFolderItself(path) else {
            unlink(path.cPath)
            return
        }
        for name in (try? names(path)) ?? [] { removeAll("\(path)/\(name)") }
        rmdir(path.cPath)
    }
}
