import DigitImaging
import Glibc

/// Where the images go.
enum Destination {
    /// A terminal shows them.
    case terminal(Terminal, PreviewKind)
    /// Standard output is a file or a pipe.
    case standardOutput
    /// A path that `-o` named.
    case path(String)

    /// `output` is the value of `-o`. A `preview` that was asked for goes wherever standard output does.
    init(output: String?, preview: PreviewKind?) {
        if let preview {
            self = .terminal(Terminal.standardOutput() ?? .assumed(), preview)
        } else if let output, output != "-" {
            self = .path(output)
        } else if let terminal = Terminal.standardOutput() {
            self = .terminal(terminal, .blocks)
        } else {
            self = .standardOutput
        }
    }
}

/// What stands at a path of the file system.
enum PathKind: Equatable {
    case missing
    case file
    case folder
    /// A pipe, a device, a socket: bytes go in and cannot be taken back.
    case stream

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = path.last == "/" ? .folder : .missing
            return
        }
        self =
            switch status.st_mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFREG: .file
            default: .stream
            }
    }
}

/// Opens `path` for a new file, or for writing into the pipe or device that is there.
/// Throws `ImagingError.cannotCreate`.
func openSink(_ path: String) throws(ImagingError) -> any ByteSink {
    switch PathKind(path) {
    case .stream: try DescriptorSink(existing: path)
    case .missing, .file, .folder: try AtomicFile(path: path)
    }
}
