// The threads of Sources/Platform for a single-threaded module.

/// The processors that this process may use.
package enum Processors {
    /// The number of threads that can run at once.
    package static let count = 1
}

/// Calls `body` on this thread, however many threads are asked for.
package func runOnThreads(_ threads: Int, _ body: () -> Void) {
    body()
}

/// A value that one thread at a time reads or changes: without threads, a plain one.
package final class Locked<Value: Sendable>: @unchecked Sendable {
    private var value: Value

    package init(_ value: consuming Value) { self.value = value }

    /// Calls `body` with the value.
    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result { body(&value) }
}
