import Platform
import Synchronization

/// Lets a session end in order when somebody asks the process to: SIGTERM, SIGINT and SIGHUP no longer end it, but
/// are noted here, and wake whoever waits for input.
///
/// A thread takes the signals. It also ends the process, for good, when after a signal the replies of the request
/// at hand cannot be sent because nobody reads them.
package final class StopSignal: Sendable {
    /// How long after a signal the reader of the replies may do nothing.
    private static let patienceSeconds: UInt32 = 2

    /// Readable, and never read, once a signal has come. -1 if signals could not be taken over.
    package let descriptor: Int32
    private let waker: Int32
    private let received = Atomic<Int32>(0)
    /// How often a write has begun or ended: odd during a write.
    private let writeSteps = Atomic<Int>(0)

    /// The signal that came; nil as long as none has.
    package var signal: Int32? {
        let signal = received.load(ordering: .acquiring)
        return signal == 0 ? nil : signal
    }

    /// Takes the signals over, from all threads that will be started and from this one, except those that the
    /// process was started to ignore. Without the means to do so, signals keep ending the process at once.
    package init() {
        var ends: [Int32] = [-1, -1]
        let hasPipe = pipe(&ends) == 0
        (descriptor, waker) = (ends[0], ends[1])
        var set = TerminationSignals.set(of: TerminationSignals.heeded)
        guard hasPipe, pthread_sigmask(SIG_BLOCK, &set, nil) == 0 else { return }
        if !startWatching(set) { pthread_sigmask(SIG_UNBLOCK, &set, nil) }
    }

    /// Performs a write, which the reader of the replies may block.
    func writing<Failure: Error>(_ write: () throws(Failure) -> Void) throws(Failure) {
        writeSteps.add(1, ordering: .relaxed)
        defer { writeSteps.add(1, ordering: .relaxed) }
        try write()
    }

    /// Waits for a signal on the thread that calls it, and then for the process to end.
    private func watch(_ set: sigset_t) {
        var (set, signal) = (set, Int32(0))
        guard sigwait(&set, &signal) == 0 else { return }
        received.store(signal, ordering: .releasing)
        var byte = UInt8(ascii: "!")
        _ = write(waker, &byte, 1)
        var steps = writeSteps.load(ordering: .relaxed)
        while true {
            sleep(Self.patienceSeconds)
            let now = writeSteps.load(ordering: .relaxed)
            if now == steps && now % 2 == 1 { _exit(128 + signal) }
            steps = now
        }
    }

    private func startWatching(_ set: sigset_t) -> Bool {
        guard let thread = Thread.start({ self.watch(set) }) else { return false }
        thread.detach()
        return true
    }
}
