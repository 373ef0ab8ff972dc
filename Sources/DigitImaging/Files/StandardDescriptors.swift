import Platform

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
