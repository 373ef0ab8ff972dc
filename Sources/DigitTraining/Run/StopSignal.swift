import Platform
import Synchronization

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

    deinit { giveBack() }

    /// Signals do again what they did before.
    private func giveBack() {
        for number in taken { signal(number, SIG_DFL) }
        taken = []
    }

    /// Does work that is to end at a good place: it may ask whether a signal came. Only meanwhile are signals taken
    /// over; none is lost, as one that came when nothing asked any more is thrown, too.
    ///
    /// - Throws: `StoppedBySignal` once the work is done, and what it throws.
    package static func watched<Result>(_ work: (StopSignal) throws -> Result) throws -> Result {
        let stop = StopSignal()
        let result = try work(stop)
        stop.giveBack()
        if let signal = stop.received { throw StoppedBySignal(signal: signal) }
        return result
    }

    /// The number of the signal that came last; nil if none did.
    package var received: Int32? {
        let number = lastSignal.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}

/// Thrown when work ended because of a signal, having said so.
package struct StoppedBySignal: Error, Equatable {
    package let signal: Int32

    package init(signal: Int32) { self.signal = signal }
}

/// Written by signal handlers, which can reach nothing but globals. (A dispatch source would not need it, but
/// on Linux it only hears of signals that every thread blocks, and the BLAS has threads of its own.)
private let lastSignal = Atomic<Int32>(0)
