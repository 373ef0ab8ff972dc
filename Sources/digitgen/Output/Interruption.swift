import Glibc

/// Lets work that leaves nothing half-made end in order on ctrl-C or SIGTERM: both signals wait until the work
/// asks for them.
struct Interruption {
    /// One of the signals came.
    struct Signalled: Error {
        let signal: Int32
    }

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// From now on the signals wait.
    init() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in Self.signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Throws `Signalled` when a signal waits.
    func check() throws(Signalled) {
        var pending = sigset_t()
        guard sigpending(&pending) == 0 else { return }
        for signal in Self.signals where sigismember(&pending, signal) == 1 {
            throw Signalled(signal: signal)
        }
    }
}
