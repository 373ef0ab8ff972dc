/// Where the bytes of a file go: a file, standard output, or memory.
package protocol ByteSink: AnyObject {
    /// Takes the next bytes, all of them. Throws `ImagingError.cannotWrite` or `.closedPipe`.
    func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError)

    /// Called once, after the last write: only now does the file count as made.
    func finish() throws(ImagingError)
}

extension ByteSink {
    package func write(_ bytes: [UInt8]) throws(ImagingError) {
        try write(bytes[...])
    }
}

/// Collects what is written.
package final class MemorySink: ByteSink {
    /// Everything written so far.
    package private(set) var bytes: [UInt8] = []
    /// `finish` was called.
    package private(set) var isFinished = false

    package init() {}

    package func write(_ bytes: ArraySlice<UInt8>) {
        self.bytes += bytes
    }

    package func finish() {
        isFinished = true
    }
}
