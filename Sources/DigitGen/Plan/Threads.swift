#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Calls `body` on `threads` threads at the same time, this one among them, and waits for all. This thread calls
/// `first` before, while the others are at work already.
///
/// POSIX threads rather than Dispatch, whose library would add to every start of the program.
func runOnThreads(_ threads: Int, first: () -> Void = {}, _ body: () -> Void) {
    guard threads > 1 else {
        first()
        return body()
    }
    withoutActuallyEscaping(body) { body in
        var started: [pthread_t] = []
        for _ in 1..<threads {
            let job = Unmanaged.passRetained(Job(body))
            var thread = pthread_t(bitPattern: 0)
            let status = pthread_create(&thread, nil, { runJob($0) }, job.toOpaque())
            if status == 0, let thread = thread as pthread_t? {
                started.append(thread)
            } else {
                // Without another thread the work is done here: slower, not wrong.
                job.takeRetainedValue().run()
            }
        }
        first()
        body()
        for thread in started { pthread_join(thread, nil) }
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
