/// Why a data set cannot be where it is wanted.
package enum DataSetError: Error, Equatable {
    /// The format has several files, which a stream cannot hold.
    case needsFolder(format: String)
    /// The data set was made in that folder, but is not whole any more.
    case damaged(Damage)

    /// What is wrong with a data set that stands in a folder already. Paths are those of the files.
    package enum Damage: Equatable, Sendable {
        case missing(path: String)
        /// A folder, a pipe or a device has a file's name.
        case notFile(path: String)
        case size(path: String, found: Int, expected: Int)
        /// The size is right, the bytes are not.
        case contents(path: String)
        /// The manifest is of the same data set, but does not list its files.
        case manifest(path: String)
        /// `reason` is the system's.
        case unreadable(path: String, reason: String)
    }
}

extension DataSetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .needsFolder(let format):
            "only the format tar can be streamed; \(format) has several files and needs a folder"
        case .damaged(let damage):
            "this data set was made here, but \(damage); remove the folder, or name another"
        }
    }
}

extension DataSetError.Damage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path): "'\(path)' is missing"
        case .notFile(let path): "'\(path)' is not a file"
        case .size(let path, let found, let expected):
            "'\(path)' has \(found) bytes instead of \(expected)"
        case .contents(let path): "the contents of '\(path)' have changed"
        case .manifest(let path): "'\(path)' does not list its files"
        case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
        }
    }
}
