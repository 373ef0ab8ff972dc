import Foundation

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

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something inside.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of what is inside, or in the folder `name` inside, in their order.
    package func names(_ name: String = ".") -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path(name)))?.sorted() ?? []
    }

    /// The bytes of the file `name`; nil when there is none.
    package func contents(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path(name)).map { [UInt8]($0) }
    }

    /// Makes the file `name` of these bytes, and the folders that it is in.
    package func write(_ bytes: [UInt8], to name: String) {
        for slash in name.indices where name[slash] == "/" { mkdir(path(String(name[..<slash])), 0o777) }
        guard let file = fopen(path(name), "wb") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}
