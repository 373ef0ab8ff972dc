import Platform

/// A sink that collects the bytes in memory.
package final class MemorySink: ByteSink {
    /// Everything written so far.
    package private(set) var bytes: [UInt8] = []
    /// `finish` has been called.
    package private(set) var isFinished = false

    package init() {}

    package func write(_ bytes: ArraySlice<UInt8>) {
        self.bytes += bytes
    }

    package func finish() {
        isFinished = true
    }
}
