import Platform

/// What stands at a path of the file system.
package enum PathKind: Equatable, Sendable {
    case missing
    case file
    case folder
    /// A pipe, a device, a socket, a descriptor by its name: bytes go in and cannot be taken back.
    case stream

    package init(_ path: String) {
        var status = stat()
        let isThere = stat(path.cPath, &status) == 0
        let kind = PathKind(mode: status.st_mode)
        if isThere, kind != .file {
            self = kind
        } else if NamedDescriptor(path) != nil {
            self = .stream
        } else {
            self = isThere ? kind : path.utf8.last == UInt8(ascii: "/") ? .folder : .missing
        }
    }

    /// By what `stat` says of it.
    package init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .file
            default: .stream
            }
    }
}
