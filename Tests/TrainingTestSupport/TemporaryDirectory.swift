import Foundation

/// A new directory that is removed, with what is in it, when the value goes.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() {
        path = NSTemporaryDirectory() + "digit-training-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no temporary directory: \(error)")
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    package func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file and returns its path.
    @discardableResult
    package func write(_ bytes: [UInt8], as name: String) -> String {
        precondition(
            FileManager.default.createFile(atPath: file(name), contents: Data(bytes)), "cannot write \(name)")
        return file(name)
    }

    package func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: file(name))
    }

    /// The bytes of a file; empty if there is none.
    package func read(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: file(name)).map { [UInt8]($0) } ?? []
    }

    /// Names of everything in the directory, sorted.
    package var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }
}
