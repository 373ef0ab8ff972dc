#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes to something that is no ordinary file (a pipe, a device), where nothing can be taken back.
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

    /// Opens an existing pipe or device. Throws `ImagingError.cannotCreate`.
    package convenience init(existing path: String) throws(ImagingError) {
        let descriptor = Int32(retrying { Int(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)) })
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
