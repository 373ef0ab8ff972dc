#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What stands at a path of the file system.
package enum PathKind: Equatable, Sendable {
    case missing
    case file
    case folder
    /// A pipe, a device, a socket: bytes go in and cannot be taken back.
    case stream

    package init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = path.last == "/" ? .folder : .missing
            return
        }
        self.init(mode: status.st_mode)
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
