extension CompletionScript {
    /// For zsh's completion system, as a file `_program` in fpath or sourced after compinit.
    var zsh: String {
        let function = "_\(program)"
        return """
            #compdef \(program)
            \(heading(.zsh))

            \(function)() {
                local command=\(defaultName.isEmpty ? "''" : defaultName) ret=1
                local -a commands=(
            \(commands.filter { !$0.name.isEmpty }.map(zshDescription).joined(separator: "\n"))
                )
                if (( CURRENT > 2 )) && [[ $words[2] == (\(names.joined(separator: "|"))) ]]; then
                    command=$words[2]
                    shift words
                    (( CURRENT-- ))
                elif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
                    _describe -t commands command commands && ret=0
                fi
                case $command in
            \(commands.map(zshArguments).joined(separator: "\n"))
                esac
                return ret
            }

            \(commands.flatMap(zshAlternatives).joined(separator: "\n"))
            # The file is this function's body when the completion system loads it, and a script when it is sourced.
            if [[ $funcstack[1] == \(function) ]]; then
                \(function) "$@"
            else
                compdef \(function) \(program)
            fi

            """
    }

    private func zshDescription(_ command: Command) -> String {
        "        \(Self.quoted(Self.escaped(command.name, [":"]) + ":" + command.abstract))"
    }

    private func zshArguments(_ command: Command) -> String {
        let options = command.options.map { option in
            let value =
                option.takesValue
                ? ":\(Self.escaped(option.valueName ?? "", [":"])):\(zshAction(option, command))" : ""
            let rest = Self.quoted("[\(Self.escaped(option.abstract, [":", "[", "]"]))]\(value)")
            // The value of a long option may stand behind an equals sign, too.
            let names = option.names.map { option.takesValue && $0.hasPrefix("--") ? $0 + "=" : $0 }
            return names.count == 1
                ? names[0] + rest
                : "'(\(option.names.joined(separator: " ")))'{\(names.joined(separator: ","))}\(rest)"
        }
        let positionals = command.positionals.map { argument in
            let place = argument.isRepeating ? "*" : ""
            return Self.quoted(
                "\(place):\(Self.escaped(argument.valueName ?? "", [":"])):\(zshAction(argument, command))")
        }
        let specifications = (options + positionals).joined(separator: " \\\n            ")
        return """
                \(command.name.isEmpty ? "''" : command.name))
                    _arguments -s -S : \\
                        \(specifications) && ret=0
                    ;;
            """
    }

    /// The completion of an argument's values; a space where they are unknown.
    private func zshAction(_ argument: CommandDeclaration.Argument, _ command: Command) -> String {
        if !argument.values.isEmpty {
            return argument.takesFiles
                ? zshFunction(argument, command) : "(\(argument.values.joined(separator: " ")))"
        }
        return argument.takesFiles ? "_files" : argument.takesFolders ? "_files -/" : " "
    }

    /// The name of a function that offers both words and files.
    private func zshFunction(_ argument: CommandDeclaration.Argument, _ command: Command) -> String {
        "_\(program)_\(command.name)_" + (argument.valueName ?? "").replacing(" ", with: "_")
    }

    private func zshAlternatives(_ command: Command) -> [String] {
        (command.options + command.positionals).filter { !$0.values.isEmpty && $0.takesFiles }.map {
            argument in
            """
            \(zshFunction(argument, command))() {
                _alternative 'names:name:(\(argument.values.joined(separator: " ")))' 'files:file:_files'
            }

            """
        }
    }

    private static func escaped(_ text: String, _ characters: Set<Character>) -> String {
        text.flatMap { characters.contains($0) || $0 == "\\" ? "\\\($0)" : "\($0)" }.map(String.init).joined()
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
