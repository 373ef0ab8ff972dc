import SystemText

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What stands in a folder.
enum FolderContents {
    /// The names in the folder, without "." and "..", in their order; none when it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let folder = opendir(path.cPath) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(systemBytes: $0.prefix { $0 != 0 })
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a folder with all that is in it, as far as that is possible. Links are removed, not
    /// followed.
    static func removeAll(_ path: String) {
        var status = stat()
        guard lstat(path.cPath, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path.cPath)
            return
        }
        for name in names(path) { removeAll("\(path)/\(name)") }
        rmdir(path.cPath)
    }
}
