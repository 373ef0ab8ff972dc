import Glibc

/// A folder of its own for one test, removed at the end with all that is in it.
package final class TemporaryFolder {
    /// Its absolute path.
    package let path: String

    package init() {
        var template = Array("/tmp/digitgen-tests-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else {
                fatalError("no folder can be made in /tmp")
            }
            return String(cString: base)
        }
    }

    deinit { Self.removeAll(path) }

    /// The path of something inside.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of what is inside, or in the folder `name` inside, in their order.
    package func names(_ name: String = ".") -> [String] { Self.names(self.path(name)) }

    /// The bytes of the file `name`; nil when there is none.
    package func contents(_ name: String) -> [UInt8]? {
        guard let file = fopen(path(name), "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Makes the file `name` of these bytes, and the folders that it is in.
    package func write(_ bytes: [UInt8], to name: String) {
        for slash in name.indices where name[slash] == "/" { mkdir(path(String(name[..<slash])), 0o777) }
        guard let file = fopen(path(name), "wb") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private static func names(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func removeAll(_ path: String) {
        for name in names(path) {
            let inside = "\(path)/\(name)"
            if unlink(inside) != 0 { removeAll(inside) }
        }
        rmdir(path)
    }
}
