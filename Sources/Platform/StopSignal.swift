import Synchronization

/// The signals that ask a process to end (SIGINT from Ctrl-C, SIGTERM from other programs, SIGHUP when the terminal
/// closes), for work that checks for them between two steps.
///
/// Handlers, not blocked signals: a library's threads would receive what only this thread blocks. Use one value at a
/// time, because signals belong to the whole process.
package struct StopSignal: Sendable {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// The signals that were taken over.
    private let taken: [Int32]
    /// Becomes readable when a signal comes, and is never read, so that `poll` can wait for it; otherwise -1.
    package let descriptor: Int32

    /// From now on, the signals no longer end the process. One that the process was started to ignore, as nohup does
    /// it, stays ignored.
    ///
    /// - Parameter wakes: makes `descriptor`. Where that fails, signals keep ending the process at once.
    package init(wakes: Bool = false) {
        // Before the first handler runs: a first use inside of it would not be safe.
        lastSignal.store(0, ordering: .relaxed)
        var ends: [Int32] = [-1, -1]
        let isReady = !wakes || pipe(&ends) == 0
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wakeDescriptor.store(ends[1], ordering: .relaxed)
        descriptor = ends[0]
        taken = isReady ? Self.signals.filter(Self.take) : []
    }

    /// Runs work that checks for signals at points where it can stop. Signals are taken over only during the work;
    /// one that comes after the last check is thrown, too.
    ///
    /// - Throws: `StoppedBySignal` once the work is done, and what it throws.
    package static func watched<Result>(_ work: (StopSignal) throws -> Result) throws -> Result {
        let stop = StopSignal()
        defer { stop.giveBack() }
        let result = try work(stop)
        stop.giveBack()
        try stop.check()
        return result
    }

    /// The number of the signal that came last; nil if none did.
    package var received: Int32? { Self.received }

    /// The same for code without a value of this type.
    static var received: Int32? {
        let number = lastSignal.load(ordering: .acquiring)
        return number == 0 ? nil : number
    }

    /// Throws `StoppedBySignal` when a signal has come.
    package func check() throws(StoppedBySignal) {
        if let received { throw StoppedBySignal(signal: received) }
    }

    /// Lets signals end the process again.
    package func giveBack() {
        for number in taken { signal(number, SIG_DFL) }
    }

    /// Returns whether the signal was not ignored.
    private static func take(_ number: Int32) -> Bool {
        let previous = signal(number) { note($0) }
        // Functions, which Swift cannot compare as such.
        guard unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) else {
            return true
        }
        signal(number, SIG_IGN)
        return false
    }
}

/// Work stopped because of a signal, leaving nothing unfinished behind.
package struct StoppedBySignal: Error, Equatable {
    package let signal: Int32

    package init(signal: Int32) { self.signal = signal }
}

/// Written by signal handlers, which can reach nothing but globals.
private let lastSignal = Atomic<Int32>(0)
private let wakeDescriptor = Atomic<Int32>(-1)

private func note(_ number: Int32) {
    lastSignal.store(number, ordering: .releasing)
    let descriptor = wakeDescriptor.load(ordering: .relaxed)
    guard descriptor >= 0 else { return }
    // The code that was interrupted must not see another.
    let code = errno
    var byte = UInt8(ascii: "!")
    _ = write(descriptor, &byte, 1)
    errno = code
}
