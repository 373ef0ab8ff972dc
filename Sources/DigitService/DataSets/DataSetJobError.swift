import Platform

/// The reason why a data set cannot be written.
package enum DataSetJobError: Error, Equatable {
    /// The format has several files, which a stream cannot hold.
    case needsFolder(format: String)
    /// The folder holds the data set, but a file is missing or has changed.
    case damaged(Damage)

    /// The damage to a data set that a folder holds. Paths are those of the files.
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

extension DataSetJobError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .needsFolder(let format):
            "only tar can be streamed; \(format) has several files and needs a folder"
        case .damaged(let damage):
            "the data set in this folder is damaged: \(damage); remove the folder or choose another"
        }
    }
}

extension DataSetJobError.Damage: CustomStringConvertible {
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

extension DataSetJobError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .needsFolder: .usage
        case .damaged(.unreadable): .noInput
        case .damaged: .cannotCreate
        }
    }
}
