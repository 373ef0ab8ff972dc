import Foundation

/// A temporary folder, removed with its contents when the value goes.
package final class TemporaryFolder: Sendable {
    /// Its absolute path.
    package let path: String

    package init() {
        var template = Array("/tmp/digitgen-tests-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else {
                fatalError("cannot create a folder in /tmp")
            }
            return String(cString: base)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Returns the path of the entry `name`.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Returns the sorted names in the folder, or in its subfolder `name`.
    package func names(_ name: String = ".") -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path(name)))?.sorted() ?? []
    }

    /// Returns the bytes of the file `name`, or nil if there is none.
    package func contents(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path(name)).map { [UInt8]($0) }
    }

    /// Returns the bytes of the file `name`, or none if it does not exist.
    package func read(_ name: String) -> [UInt8] { contents(name) ?? [] }

    /// Removes the file or folder `name`.
    package func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(name)) }

    /// Writes the file `name`, creating its folders. Returns its path.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) -> String {
        for slash in name.indices where name[slash] == "/" { mkdir(path(String(name[..<slash])), 0o777) }
        guard let file = fopen(path(name), "wb") else { fatalError("cannot write \(path(name))") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return path(name)
    }
}
