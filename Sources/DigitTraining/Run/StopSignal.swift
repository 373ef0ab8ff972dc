import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns the signals that ask a program to end into a question that a loop can ask between two steps.
package final class StopSignal {
    private final class Flag: Sendable {
        let number = Atomic<Int32>(0)
    }

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    private let flag = Flag()
    private var taken: [Int32] = []
    private var sources: [any DispatchSourceSignal] = []

    /// Takes SIGINT, SIGTERM and SIGHUP over from the system while the value lives. One that the program was
    /// started to ignore, as nohup does it, stays ignored.
    package init() {
        for number in StopSignal.signals {
            // The source hears of a signal that the process ignores; without that, the process would end.
            let previous = signal(number, SIG_IGN)
            guard unsafeBitCast(previous, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
                continue
            }
            taken.append(number)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [flag] in flag.number.store(number, ordering: .relaxed) }
            source.resume()
            sources.append(source)
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in taken { signal(number, SIG_DFL) }
    }

    /// The number of the signal that came last; nil if none did.
    package var received: Int32? {
        let number = flag.number.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
