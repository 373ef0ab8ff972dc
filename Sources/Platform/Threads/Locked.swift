/// A value that one thread at a time reads or changes.
///
/// A POSIX mutex rather than the standard library's `Mutex`: that one waits in the kernel, where ThreadSanitizer does
/// not see it, and is then told of a race at each change of what it guards.
package final class Locked<Value: ~Copyable & Sendable>: @unchecked Sendable {
    private var value: Value
    /// On the heap, for a mutex must not move.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    package init(_ value: consuming Value) {
        self.value = value
        let status = pthread_mutex_init(mutex, nil)
        precondition(status == 0, "a mutex of the default kind needs no resources")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Calls `body` with the value while no other thread has it. `body` must not ask for the same value again.
    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
