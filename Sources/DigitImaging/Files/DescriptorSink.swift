import Platform

/// Writes where nothing can be taken back: to a pipe, a device, or a descriptor that somebody else has opened.
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

    /// Opens an existing pipe or device, or takes the descriptor that `path` names, to be written to as it stands.
    /// Throws `ImagingError.cannotCreate`.
    package convenience init(existing path: String) throws(ImagingError) {
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
            throw .cannotCreate(path: path, reason: "it is a terminal, which cannot show these bytes")
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

    package func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        try writeAll(bytes, to: descriptor, path: path)
    }

    package func finish() {}

    /// From now on, writing to a pipe that nobody reads (`ImagingError.closedPipe`), or more than the process may
    /// write into a file, is an error instead of the end of the process.
    package static func reportFailedWrites() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    }
}
