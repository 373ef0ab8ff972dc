/// Text for standard output. Unlike `Swift.print`, a full disk or a closed pipe is noticed.
package enum StandardOutput {
    /// Writes `text` and a line feed. Throws `OutputError.cannotWrite` or `.closedPipe`.
    package static func print(_ text: String) throws(OutputError) {
        try write("\(text)\n")
    }

    /// Writes `text` as it is. Throws as `print`.
    package static func write(_ text: String) throws(OutputError) {
        try DescriptorSink.standardOutput().write(Array(text.utf8))
    }

    /// Returns whether the path of an output, such as `/dev/stdout`, means standard output.
    package static func isNamed(by path: String) -> Bool { NamedDescriptor(path) == .own(STDOUT_FILENO) }
}

/// Messages for people. Where they cannot be written there is nobody to tell.
package enum StandardError {
    /// The time between two questions whether to give up a message that cannot be written.
    private static let patienceMilliseconds: Int32 = 100

    /// Writes `text` and a line feed, so that every line of it is shown and none is an order to the terminal.
    package static func print(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes `text` as it is. While nobody reads, it waits, but only until `isStopped`: a message must not keep a
    /// process that was asked to end.
    package static func write(_ text: String, until isStopped: () -> Bool = { StopSignal.received != nil }) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            switch pollOnce(STDERR_FILENO, for: POLLOUT, milliseconds: patienceMilliseconds) {
            case 0 where isStopped(): return
            case 0: continue
            default:
                // What a pipe that is ready takes in one piece. Where poll fails, the write may have to wait, but no
                // message is lost.
                let piece = rest.prefix(Int(PIPE_BUF))
                guard (try? DescriptorSink.standardError().write(piece)) != nil else { return }
                rest = rest.dropFirst(piece.count)
            }
        }
    }
}

/// Standard input, output and error, which a program may be started without.
package enum StandardDescriptors {
    /// Puts something in the place of those that are closed. Otherwise the next file or pipe that is opened would
    /// get the number, and be taken for standard input or output. Reading from what stands there fails as from a
    /// closed descriptor, and so does writing: it is open for the other.
    package static func fillGaps() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free number is given, which is this one.
            _ = open("/dev/null", (descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
        }
    }
}
