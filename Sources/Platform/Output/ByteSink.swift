/// A destination of bytes: a file, a pipe, a device.
package protocol ByteSink: AnyObject {
    /// Takes the next bytes, all of them. Throws `OutputError.cannotWrite` or `.closedPipe`.
    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError)

    /// Called once, after the last write. A file appears only then.
    func finish() throws(OutputError)
}

extension ByteSink {
    package func write(_ bytes: [UInt8]) throws(OutputError) {
        try write(bytes[...])
    }
}

/// Writes to a pipe, a device, or an inherited descriptor, where nothing can be taken back.
package final class DescriptorSink: ByteSink {
    private let descriptor: Int32
    private let path: String
    private let ownsDescriptor: Bool

    /// Standard output. The program must call `reportFailedWrites` to see `.closedPipe`.
    package static func standardOutput() -> DescriptorSink {
        DescriptorSink(descriptor: STDOUT_FILENO, path: "standard output", ownsDescriptor: false)
    }

    /// Standard error; the same holds.
    package static func standardError() -> DescriptorSink {
        DescriptorSink(descriptor: STDERR_FILENO, path: "standard error", ownsDescriptor: false)
    }

    /// Opens an existing pipe or device, or uses the descriptor that `path` names at its position.
    /// Throws `OutputError.cannotCreate`.
    package convenience init(existing path: String) throws(OutputError) {
        let named = NamedDescriptor(path)
        if case .own(let number) = named {
            try NamedDescriptor.requireWritable(path)
            self.init(descriptor: number, path: path, ownsDescriptor: false)
            return
        }
        // What another process has open may be a file.
        let mode = O_WRONLY | (named == nil ? 0 : O_APPEND)
        let descriptor = Int32(retrying { Int(open(path.cPath, mode | O_CLOEXEC | O_NOCTTY)) })
        guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: systemReason()) }
        self.init(descriptor: descriptor, path: path, ownsDescriptor: true)
        guard isatty(descriptor) == 0 else {
            throw .cannotCreate(path: path, reason: "refusing to write binary data to a terminal")
        }
    }

    private init(descriptor: Int32, path: String, ownsDescriptor: Bool) {
        self.descriptor = descriptor
        self.path = path
        self.ownsDescriptor = ownsDescriptor
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        try writeAll(bytes, to: descriptor, path: path)
    }

    package func finish() {}

    /// Turns writing to a closed pipe (`OutputError.closedPipe`), or beyond the process's limit on file size, into an
    /// error instead of the end of the process.
    package static func reportFailedWrites() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    }
}

/// A destination that a user names: a file that appears complete, or a pipe, device or descriptor.
package enum NamedOutput {
    /// Opens `path` for a new file, or for writing into an existing pipe or device. `folders` were made for it.
    /// Throws `OutputError.cannotCreate`.
    package static func open(
        _ path: String, in folders: NewFolders? = nil
    ) throws(OutputError) -> any ByteSink {
        switch PathKind(path) {
        case .stream: try DescriptorSink(existing: path)
        case .missing, .file, .folder: try AtomicFile(path: path, in: folders)
        }
    }

    /// Writes `bytes` to the file, pipe or device at `path`. Throws `OutputError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        let sink = try open(path)
        try sink.write(bytes)
        try sink.finish()
    }

    /// Throws what `open` would throw for a file, before work whose result could not be kept. Pipes and devices are not
    /// opened, because the other end would notice.
    package static func probe(_ path: String) throws(OutputError) {
        switch PathKind(path) {
        case .stream: try NamedDescriptor.requireWritable(path)
        case .missing, .file, .folder: try AtomicFile.probe(path)
        }
    }
}
