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
    private var sources: [any DispatchSourceSignal] = []

    /// Takes SIGINT, SIGTERM and SIGHUP over from the system while the value lives.
    package init() {
        for number in StopSignal.signals {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [flag] in flag.number.store(number, ordering: .relaxed) }
            source.resume()
            sources.append(source)
        }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in StopSignal.signals { signal(number, SIG_DFL) }
    }

    /// The number of the signal that came last; nil if none did.
    package var received: Int32? {
        let number = flag.number.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
