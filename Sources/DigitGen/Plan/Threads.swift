#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Calls `body` once for each part of `parts`, each but the first on a thread of its own, and waits for all.
///
/// POSIX threads rather than Dispatch, whose library would add to every start of the program.
func runOnThreads(_ parts: Int, _ body: @escaping (_ part: Int, _ parts: Int) -> Void) {
    guard parts > 1 else { return body(0, 1) }
    withoutActuallyEscaping(body) { body in
        var threads: [pthread_t] = []
        for part in 1..<parts {
            let job = Unmanaged.passRetained(Job { body(part, parts) })
            var thread = pthread_t(bitPattern: 0)
            let status = pthread_create(&thread, nil, { runJob($0) }, job.toOpaque())
            if status == 0, let thread = thread as pthread_t? {
                threads.append(thread)
            } else {
                // Without another thread the work is done here: slower, not wrong.
                job.takeRetainedValue().run()
            }
        }
        body(0, parts)
        for thread in threads { pthread_join(thread, nil) }
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
