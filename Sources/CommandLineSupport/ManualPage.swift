import ArgumentParser

/// A program's manual page in mdoc(7), made of the declarations of its commands.
///
/// `--generate-manual` prints it, as `--generate-completion-script` prints the completions.
package struct ManualPage {
    package static let option = "--generate-manual"

    /// The page's source.
    package let text: String

    /// - Parameters:
    ///   - root: the program; its default subcommand is what the page describes first.
    ///   - date: of the page, such as "November 23, 2026".
    ///   - ending: further sections, in mdoc.
    /// - Throws: `JSONError` if the parser's description of `root` is not JSON.
    package init(of root: any ParsableCommand.Type, date: String, ending: String) throws {
        let program = try CommandDeclaration(of: root)
        let main = program.defaultSubcommand.flatMap(program.subcommand) ?? program
        let others = program.subcommands.filter { $0.name != main.name && $0.name != "help" }
        var lines = [
            ".\\\" Made by tools/make-manual from the program's own help; edit that.",
            ".Dd \(date)", ".Dt \(program.name.uppercased()) 1", ".Os", ".Sh NAME", ".Nm \(program.name)",
            ".Nd \(Self.plain(Self.withoutPeriod(program.abstract)))", ".Sh SYNOPSIS", ".Nm",
            ".Op Ar text", ".Op Ar options",
        ]
        for command in others { lines += [".Nm", ".Cm \(command.name)", ".Op Ar options"] }
        lines += [".Sh DESCRIPTION"] + Self.options(of: main) + [".Sh COMMANDS"]
        for command in others {
            lines += [".Ss \(program.name) \(command.name)", Self.plain(command.abstract)]
            lines += Self.paragraphs(command.discussion) + Self.options(of: command)
        }
        lines += [".Sh EXAMPLES"] + Self.paragraphs(main.discussion) + [ending]
        text = lines.joined(separator: "\n") + "\n"
    }

    /// A list of a command's arguments, in the order of its help.
    private static func options(of command: CommandDeclaration) -> [String] {
        var lines = [".Bl -tag -width Ds"]
        for argument in command.arguments {
            lines.append(".It " + heading(argument))
            lines.append(plain(argument.abstract))
            if !argument.allowedValues.isEmpty {
                lines.append("One of " + argument.allowedValues.joined(separator: ", ") + ".")
            }
            if let value = argument.defaultValue { lines.append("Default: \(plain(value)).") }
        }
        return lines + [".El"]
    }

    private static func heading(_ argument: CommandDeclaration.Argument) -> String {
        let value = argument.valueName.map { "Ar \(plain($0))" }
        guard !argument.names.isEmpty else { return value ?? "" }
        let names = argument.names.map { "Fl " + $0.dropFirst() }.joined(separator: " , ")
        return value.map { "\(names) \($0)" } ?? names
    }

    /// Lines that begin with two spaces are shown as they are, others flow.
    private static func paragraphs(_ text: String) -> [String] {
        var lines: [String] = [".Pp"]
        var isDisplay = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isIndented = line.hasPrefix("  ")
            if isIndented != isDisplay { lines.append(isIndented ? ".Bd -literal" : ".Ed") }
            isDisplay = isIndented
            if line == "EXAMPLES:" { continue }
            lines.append(line.isEmpty ? ".Pp" : plain(String(line)))
        }
        return isDisplay ? lines + [".Ed"] : lines
    }

    private static func withoutPeriod(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// Text in which roff finds no requests.
    private static func plain(_ text: String) -> String {
        let escaped = text.flatMap { character -> String in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            default: String(character)
            }
        }
        return (escaped.first == "." || escaped.first == "'" ? "\\&" : "") + String(escaped)
    }
}
