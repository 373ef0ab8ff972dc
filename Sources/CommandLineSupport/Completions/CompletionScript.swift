import ArgumentParser

/// A script that completes a program's command line in a shell, made from the program's own declarations.
///
/// The parser's scripts complete nothing of a default subcommand that is not named.
package struct CompletionScript {
    /// The shells that there are scripts for.
    package enum Shell: String, CaseIterable, Sendable {
        case bash, zsh, fish
    }

    /// A command whose arguments are completed.
    struct Command {
        /// The words that name it on the command line; empty for the program itself.
        let name: String
        let abstract: String
        let options: [CommandDeclaration.Argument]
        let positionals: [CommandDeclaration.Argument]
    }

    let program: String
    /// The named commands, and the default one.
    let commands: [Command]
    /// The name of the command that is meant without a name; empty for the program itself.
    let defaultName: String

    /// The script that `arguments` ask for by `--generate-completion-script SHELL`; nil where they ask for none that
    /// there is.
    package static func requested(by arguments: [String], of root: any ParsableCommand.Type) -> String? {
        let option = "--generate-completion-script"
        guard let first = arguments.first, first == option || first.hasPrefix(option + "=") else {
            return nil
        }
        let name = first == option ? arguments.dropFirst().first : String(first.dropFirst(option.count + 1))
        guard let shell = name.flatMap(Shell.init), let script = try? CompletionScript(of: root) else {
            return nil
        }
        return script.text(for: shell)
    }

    private init(of root: any ParsableCommand.Type) throws {
        let declaration = try CommandDeclaration(of: root)
        program = declaration.name
        defaultName = declaration.defaultSubcommand ?? ""
        let names = declaration.subcommands.map(\.name).filter { $0 != "help" }
        var commands = declaration.subcommands.map { command in
            Command(
                name: command.name, abstract: command.abstract, options: command.options,
                positionals: command.name == "help"
                    ? [CommandDeclaration.Argument(command: names)] : command.positionals)
        }
        if defaultName.isEmpty {
            commands.append(
                Command(
                    name: "", abstract: "", options: declaration.options, positionals: declaration.positionals
                ))
        }
        self.commands = commands
    }

    private func text(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        }
    }

    /// The names of all commands.
    var names: [String] { commands.map(\.name).filter { !$0.isEmpty } }

    /// The first lines of a script, as comments.
    func heading(_ shell: Shell) -> String {
        """
        # Completions of \(program) for \(shell.rawValue), as '\(program) --generate-completion-script \(shell.rawValue)'
        # prints them: made from the program's options.
        """
    }
}

extension CommandDeclaration.Argument {
    /// The argument of `help`.
    fileprivate init(command names: [String]) {
        self.names = []
        valueName = "command"
        abstract = ""
        values = names
        allowedValues = names
        defaultValue = nil
        isRepeating = false
    }

    /// Words of the value's name, which say what it is: "name or file".
    private var valueWords: [Substring] { valueName?.split(separator: " ") ?? [] }

    /// True if the value may be the name of a file.
    var takesFiles: Bool { valueWords.contains { $0 == "file" || $0 == "bundle" } }

    /// True if the value is the name of a folder.
    var takesFolders: Bool { valueWords.contains { $0 == "folder" || $0 == "dir" || $0 == "run" } }
}
