/// A POSIX thread. (Dispatch's library would slow down every start of the program.)
package struct Thread {
    private let handle: pthread_t

    /// Starts `body` on a new thread, which must be joined or detached; nil if the system refuses one.
    package static func start(_ body: @escaping () -> Void) -> Thread? {
        let job = Unmanaged.passRetained(Job(body))
        var handle = pthread_t(bitPattern: 0)
        let status = pthread_create(&handle, nil, { runJob($0) }, job.toOpaque())
        guard status == 0, let handle = handle as pthread_t? else {
            job.release()
            return nil
        }
        return Thread(handle: handle)
    }

    /// Waits for the thread's end.
    package func join() { pthread_join(handle, nil) }

    /// Lets the thread end without being joined.
    package func detach() { pthread_detach(handle) }
}

/// Calls `body` on `threads` threads at once, including this one, and waits for all.
package func runOnThreads(_ threads: Int, _ body: () -> Void) {
    guard threads > 1 else { return body() }
    withoutActuallyEscaping(body) { body in
        var started: [Thread] = []
        for _ in 1..<threads {
            if let thread = Thread.start(body) {
                started.append(thread)
            } else {
                // Without another thread the work is done here, more slowly.
                body()
            }
        }
        body()
        for thread in started { thread.join() }
    }
}

private final class Job {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
}

private func runJob(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}

/// A value that one thread at a time reads or changes.
///
/// A POSIX mutex rather than the standard library's `Mutex`, which waits in the kernel where ThreadSanitizer cannot see
/// it, and so causes false reports of races.
package final class Locked<Value: ~Copyable & Sendable>: @unchecked Sendable {
    private var value: Value
    /// On the heap, because a mutex must not move.
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

    /// Calls `body` with exclusive access to the value. `body` must not lock the same value again.
    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
