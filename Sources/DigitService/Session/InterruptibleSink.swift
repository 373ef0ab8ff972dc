import Platform
import Synchronization

/// Passes bytes on in pieces. If a signal has asked the process to end and nobody reads a piece, the process ends.
package final class InterruptibleSink: ByteSink {
    private static let pieceSize = 1 << 16

    private let sink: any ByteSink
    private let watchdog = WriteWatchdog()

    /// `sink` may block as long as nobody reads. `stop` must have a descriptor.
    package init(_ sink: any ByteSink, stop: StopSignal) {
        self.sink = sink
        let watchdog = watchdog
        Thread.start { watchdog.watch(stop) }?.detach()
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = rest.prefix(Self.pieceSize)
            watchdog.steps.add(1, ordering: .relaxed)
            defer { watchdog.steps.add(1, ordering: .relaxed) }
            try sink.write(piece)
            rest = rest.dropFirst(piece.count)
        }
    }

    package func finish() throws(OutputError) {
        try sink.finish()
    }
}

/// Ends the process when, after a signal, a write makes no progress.
private final class WriteWatchdog: Sendable {
    /// The time that the reader of the output may do nothing after a signal.
    private static let patienceSeconds: UInt32 = 2

    /// The number of times that a write has begun or ended: odd during a write.
    let steps = Atomic<Int>(0)

    /// Waits for a signal on the thread that calls it, and then for the process to end.
    func watch(_ stop: StopSignal) {
        while stop.received == nil { _ = pollOnce(stop.descriptor, for: POLLIN, milliseconds: -1) }
        var seen = steps.load(ordering: .relaxed)
        while true {
            sleep(Self.patienceSeconds)
            let now = steps.load(ordering: .relaxed)
            if now == seen && now % 2 == 1 { _exit(128 + (stop.received ?? SIGTERM)) }
            seen = now
        }
    }
}
