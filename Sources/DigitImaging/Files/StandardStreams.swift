import Platform

/// Text for standard output. Unlike `Swift.print`, a full disk or a closed pipe is noticed.
package enum StandardOutput {
    /// Writes `text` and a line feed. Throws `ImagingError.cannotWrite` or `.closedPipe`.
    package static func print(_ text: String) throws(ImagingError) {
        try write("\(text)\n")
    }

    /// Writes `text` as it is. Throws as `print`.
    package static func write(_ text: String) throws(ImagingError) {
        try DescriptorSink.standardOutput().write(Array(text.utf8))
    }

    /// Whether the path of an output, as `/dev/stdout`, means standard output.
    package static func isNamed(by path: String) -> Bool { NamedDescriptor(path) == .own(STDOUT_FILENO) }
}

/// Messages for people. Where they cannot be written there is nobody to tell.
package enum StandardError {
    /// How often a message that cannot be written asks whether to give up.
    private static let patienceMilliseconds: Int32 = 100

    /// Writes `text` and a line feed, so that every line of it is shown and none is an order to the terminal.
    package static func print(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes `text` as it is. While nobody reads, it waits, but only until `isStopped`: a message must not keep a
    /// process that was asked to end.
    package static func write(_ text: String, until isStopped: () -> Bool = signalWaits) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            switch pollOnce(STDERR_FILENO, for: POLLOUT, milliseconds: patienceMilliseconds) {
            case 0 where isStopped(): return
            case 0: continue
            case 1:
                // What a pipe that is ready takes in one piece.
                let piece = rest.prefix(Int(PIPE_BUF))
                guard (try? DescriptorSink.standardError().write(piece)) != nil else { return }
                rest = rest.dropFirst(piece.count)
            default: return
            }
        }
    }

    /// Whether a signal that asks the process to end waits to be taken.
    private static func signalWaits() -> Bool {
        var pending = sigset_t()
        return sigpending(&pending) == 0
            && [SIGINT, SIGTERM, SIGHUP].contains { sigismember(&pending, $0) == 1 }
    }
}
