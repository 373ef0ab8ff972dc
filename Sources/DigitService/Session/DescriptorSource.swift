import Platform

/// Reads from a file descriptor, until its end or until the process is asked to stop.
package final class DescriptorSource: ByteSource {
    /// As much as a pipe holds.
    private static let pieceSize = 1 << 16

    private let descriptor: Int32
    private let name: String
    private let stop: StopSignal

    /// Standard input.
    package static func standardInput(stop: StopSignal) -> DescriptorSource {
        DescriptorSource(STDIN_FILENO, name: "standard input", stop: stop)
    }

    /// - Parameters:
    ///   - descriptor: open for reading; it is not closed.
    ///   - name: what errors call it.
    package init(_ descriptor: Int32, name: String, stop: StopSignal) {
        self.descriptor = descriptor
        self.name = name
        self.stop = stop
    }

    package var isStopped: Bool { stop.received != nil }

    package var isReady: Bool { wait(milliseconds: 0) }

    package func read() throws(ServiceError) -> Arrival {
        while true {
            _ = wait(milliseconds: -1)
            if isStopped, !isReady { return .stopped }
            let (bytes, code) = readPiece(descriptor, size: Self.pieceSize)
            if !bytes.isEmpty { return .bytes(bytes) }
            switch code {
            case 0: return .end
            case EINTR, EAGAIN: continue
            default: throw .cannotRead(source: name, reason: systemReason(code))
            }
        }
    }

    /// Waits for input, its end, an error (which reading will tell) or, if it waits at all, the signal to stop.
    /// Returns whether it was not the signal.
    private func wait(milliseconds: Int32) -> Bool {
        var events = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: milliseconds == 0 ? -1 : stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        return poll(&events, nfds_t(events.count), milliseconds) > 0 && events[0].revents != 0
    }
}
