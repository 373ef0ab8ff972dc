extension CompletionScript {
    /// For fish 3 or later.
    var fish: String {
        let function = "__" + program.replacing("-", with: "_")
        var lines = commands.filter { !$0.name.isEmpty }.map { command in
            "complete -c \(program) -n '\(function)_names 0' -a \(command.name) -d \(Self.quoted(command.abstract))"
        }
        for command in commands {
            let condition = "-n '\(function)_is \(command.name.isEmpty ? "\"\"" : command.name)'"
            lines += command.options.map { option in
                let names = option.names.map { name in
                    name.hasPrefix("--") ? "-l \(name.dropFirst(2))" : "-s \(name.dropFirst())"
                }
                return
                    (["complete -c \(program)", condition] + names + fishAction(option)
                    + ["-d \(Self.quoted(option.abstract))"]).joined(separator: " ")
            }
            for argument in command.positionals where argument.takesFiles || !argument.values.isEmpty {
                let action = fishAction(argument).filter { $0 != "-x" && $0 != "-r" }
                lines.append((["complete -c \(program)", condition] + action).joined(separator: " "))
            }
            for argument in command.positionals where argument.takesFolders {
                lines.append("complete -c \(program) \(condition) -a '(__fish_complete_directories)'")
            }
        }
        return """
            \(heading(.fish))

            # Whether the command line names the command $argv[1], or no other one where it is the default.
            function \(function)_is
                set -l words (commandline -opc)
                if contains -- "$words[2]" \(names.joined(separator: " "))
                    test "$words[2]" = "$argv[1]"
                else
                    test "$argv[1]" = \(defaultName.isEmpty ? "\"\"" : defaultName)
                end
            end

            # Whether $argv[1] words stand behind the program's name.
            function \(function)_names
                test (count (commandline -opc)) -eq (math $argv[1] + 1)
            end

            complete -c \(program) -f
            \(lines.joined(separator: "\n"))

            """
    }

    /// The completion of an argument's values, if it has any.
    private func fishAction(_ argument: CommandDeclaration.Argument) -> [String] {
        guard argument.takesValue else { return [] }
        let words = argument.values.isEmpty ? [] : ["-a '\(argument.values.joined(separator: " "))'"]
        if argument.takesFiles { return ["-r", "-F"] + words }
        if argument.takesFolders { return ["-x", "-a '(__fish_complete_directories)'"] }
        return ["-x"] + words
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
