import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns the signals that ask a program to end into a question that a loop can ask between two steps.
///
/// One value at a time: signals belong to the whole process.
package final class StopSignal {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    private var taken: [Int32] = []

    /// Takes SIGINT, SIGTERM and SIGHUP over from the system while the value lives. One that the program was
    /// started to ignore, as nohup does it, stays ignored.
    package init() {
        // Before the first handler runs: a first use inside of it would not be safe.
        lastSignal.store(0, ordering: .relaxed)
        let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
        for number in StopSignal.signals {
            let previous = signal(number) { lastSignal.store($0, ordering: .relaxed) }
            if unsafeBitCast(previous, to: Int.self) == ignored {
                signal(number, SIG_IGN)
            } else {
                taken.append(number)
            }
        }
    }

    deinit {
        for number in taken { signal(number, SIG_DFL) }
    }

    /// The number of the signal that came last; nil if none did.
    package var received: Int32? {
        let number = lastSignal.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}

/// Written by signal handlers, which can reach nothing but globals. (A dispatch source would not need it, but
/// on Linux it only hears of signals that every thread blocks, and the BLAS has threads of its own.)
private let lastSignal = Atomic<Int32>(0)
