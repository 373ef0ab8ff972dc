import ArgumentParser
import Platform

/// An error as the user sees it: one line and an exit status.
package struct Failure {
    package let status: Int32
    /// nil when there is nothing to say.
    package let message: String?

    /// - Parameter command: the command whose parser words its errors.
    package init(_ error: any Error, of command: any ParsableCommand.Type) {
        switch error {
        case let stop as StoppedBySignal:
            // As a shell reports a program that a signal ended.
            self.init(status: 128 + stop.signal, message: nil)
        case let error as any ProgramError where error.exitStatus == .ok:
            self.init(status: 0, message: nil)
        case let error as any ProgramError:
            self.init(status: error.exitStatus.rawValue, message: messageLine(error.commandLineDescription))
        default:
            let message = messageLine(choicesInLine(command.message(for: error)))
            self.init(status: ExitStatus.usage.rawValue, message: message)
        }
    }

    private init(status: Int32, message: String?) {
        self.status = status
        self.message = message
    }
}

/// Invalid usage found after the arguments were parsed.
package struct UsageError: ProgramError {
    /// The mistake, and what would be right.
    package let description: String

    package init(message: String) { description = message }

    /// A folder where a file is to be written.
    ///
    /// - Parameter format: of the file, in lower case: its extension.
    package static func folder(_ path: String, whereFileOf format: String) -> UsageError {
        let name = "\(path)\(path.utf8.last == UInt8(ascii: "/") ? "" : "/")digits.\(format)"
        return UsageError(message: "'\(path)' is a folder; expected the name of a file, such as '\(name)'")
    }

    package var exitStatus: ExitStatus { .usage }
}

/// A missing input that the command line names.
package struct MissingInputError: ProgramError {
    /// The missing thing, and what there is instead.
    package let description: String

    package init(message: String) { description = message }

    package var exitStatus: ExitStatus { .noInput }
}

extension ParsableCommand {
    /// Reports what a program ends with: help or a version on standard output, anything else as a line on standard
    /// error. Returns the exit status.
    package static func end(with error: any Error) -> Int32 {
        if exitCode(for: error) == .success {
            do throws(OutputError) {
                try StandardOutput.print(fullMessage(for: error))
                return ExitStatus.ok.rawValue
            } catch {
                return end(with: error)
            }
        }
        let failure = Failure(error, of: self)
        if let message = failure.message {
            StandardError.print("\(configuration.commandName ?? "error"): \(message)")
        }
        return failure.status
    }
}

/// The parser's message with the allowed values in its sentence, where it would list more than five on lines of their
/// own.
private func choicesInLine(_ message: String) -> String {
    guard let end = message.firstRange(of: " the following:\n  - ") else { return message }
    let values = message[end.upperBound...].split(separator: "\n  - ").map { "'\($0)'" }
    guard let last = values.last, values.count > 1 else { return message }
    return "\(message[..<end.lowerBound]) \(values.dropLast().joined(separator: ", ")) or \(last)."
}

/// An error's text as one line: without line breaks, with control characters escaped, and without the middle if it is
/// too long.
package func messageLine(_ text: String) -> String {
    // Those of the parser are line feeds; what else breaks a line is of the user's text.
    let line = text.split(separator: "\n").joined(separator: " ").printable
    return line.count <= 1000 ? line : "\(line.prefix(600)) … \(line.suffix(350))"
}

/// Ends the program. (A command's own `exit` hides the system's.)
package func endProgram(_ status: Int32) -> Never { exit(status) }
