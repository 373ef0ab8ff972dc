/// The exit status of a program, after sysexits.h.
package enum ExitStatus: Int32, Sendable {
    case ok = 0
    /// Invalid usage.
    case usage = 64
    /// An input is not what it should be.
    case badData = 65
    /// An input is missing.
    case noInput = 66
    /// A bug in this program.
    case software = 70
    /// The system lacks a resource: memory.
    case system = 71
    /// An output cannot be made.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutput = 74
    /// Another process holds the lock; try again later.
    case temporary = 75
}

/// An error that a program may end with.
package protocol ProgramError: Error, CustomStringConvertible {
    /// The status that the program ends with.
    var exitStatus: ExitStatus { get }

    /// The one line that the user of a command line gets: the description, unless it has another way to name options.
    var commandLineDescription: String { get }
}

extension ProgramError {
    package var commandLineDescription: String { description }
}
