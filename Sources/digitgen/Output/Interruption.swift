import DigitService
import Platform

/// Lets work that leaves nothing half-made end in order when somebody asks the process to: the signals wait until the
/// work asks for them.
struct Interruption {
    /// One of the signals came.
    struct Signalled: Error {
        let signal: Int32
    }

    private let signals: [Int32]

    /// From now on the signals wait.
    init() {
        signals = TerminationSignals.heeded
        var set = TerminationSignals.set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Throws `Signalled` when a signal waits.
    func check() throws(Signalled) {
        var pending = sigset_t()
        guard sigpending(&pending) == 0 else { return }
        for signal in signals where sigismember(&pending, signal) == 1 {
            throw Signalled(signal: signal)
        }
    }
}
