/// Text for standard output. Unlike `Swift.print`, it reports a full disk or a closed pipe.
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

/// Messages for people. Failures to write them are ignored.
package enum StandardError {
    /// The time between two checks whether to give up a message that cannot be written.
    private static let patienceMilliseconds: Int32 = 100

    /// Writes `text` and a line feed, with control characters escaped in every line.
    package static func print(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes `text` as it is. It waits for the reader, but only until `isStopped`: a message must not keep a process
    /// from ending after a signal.
    package static func write(_ text: String, until isStopped: () -> Bool = { StopSignal.received != nil }) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            switch pollOnce(STDERR_FILENO, for: POLLOUT, milliseconds: patienceMilliseconds) {
            case 0 where isStopped(): return
            case 0: continue
            default:
                // A pipe that is ready takes this much at once. If poll fails, the write may block, but no message
                // is lost.
                let piece = rest.prefix(Int(PIPE_BUF))
                guard (try? DescriptorSink.standardError().write(piece)) != nil else { return }
                rest = rest.dropFirst(piece.count)
            }
        }
    }
}

/// Standard input, output and error, which a program may be started without.
package enum StandardDescriptors {
    /// Opens /dev/null in place of those that are closed. Otherwise the next file or pipe would get the number and
    /// serve as standard input or output. Standard input is opened for writing and the others for reading, so that
    /// using them fails as with closed descriptors.
    package static func fillGaps() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free number is given, which is this one.
            _ = open("/dev/null", (descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
        }
    }
}
