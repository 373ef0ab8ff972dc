/// A thread of its own (POSIX threads rather than Dispatch, whose library would add to every start of the program).
package struct Thread {
    private let handle: pthread_t

    /// Starts `body` on a new thread; nil if the system refuses one. To be joined or detached.
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

    /// Waits for its end.
    package func join() { pthread_join(handle, nil) }

    /// Lets it end by itself.
    package func detach() { pthread_detach(handle) }
}

/// Calls `body` on `threads` threads at the same time, this one among them, and waits for all. This thread calls
/// `first` before, while the others are at work already.
package func runOnThreads(_ threads: Int, first: () -> Void = {}, _ body: () -> Void) {
    guard threads > 1 else {
        first()
        return body()
    }
    withoutActuallyEscaping(body) { body in
        var started: [Thread] = []
        for _ in 1..<threads {
            if let thread = Thread.start(body) {
                started.append(thread)
            } else {
                // Without another thread the work is done here: slower, not wrong.
                body()
            }
        }
        first()
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
