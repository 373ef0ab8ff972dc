extension CompletionScript {
    private var function: String { "_" + program.replacing("-", with: "_") }

    /// For bash 3.2 or later, with or without the package bash-completion.
    var bash: String {
        return """
            \(heading(.bash))

            # Offers those of the words $1 that begin with $cur.
            \(function)_words() {
                local word
                for word in $1; do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done
            }

            # Offers names of files (-f) or folders (-d) that begin with $cur.
            \(function)_paths() {
                local name
                while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$1" -- "$cur")
                compopt -o filenames 2>/dev/null
            }

            \(function)() {
                local IFS=$' \\t\\n' cur=${COMP_WORDS[COMP_CWORD]} command=\(defaultName.isEmpty ? "''" : defaultName)
                local commands='\(names.joined(separator: " "))'
                local i=1 word options valued pending= ended= used=' ' positionals=0 unused=
                COMPREPLY=()
                if ((COMP_CWORD > 1)) && [[ " $commands " == *" ${COMP_WORDS[1]} "* ]]; then
                    command=${COMP_WORDS[1]} i=2
                fi
                case $command in
            \(commands.map(bashOptions).joined(separator: "\n"))
                esac

                # What stands in front of the cursor. Bash makes a word of the = in --option=value.
                for ((; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $pending ]]; then
                        [[ $word == = && ${COMP_WORDS[i - 1]} == "$pending" ]] || pending=
                    elif [[ ! $ended && $word == -- ]]; then
                        ended=1
                    elif [[ ! $ended && $word == -?* ]]; then
                        used+="$word "
                        [[ " $valued " == *" $word "* ]] && pending=$word
                        case $word in
            \(bashAliases)
                        esac
                    else
                        ((++positionals))
                    fi
                done

                if [[ $pending ]]; then
                    [[ $cur == = ]] && cur=
                    case "$command $pending" in
            \(commands.flatMap(bashValues).joined(separator: "\n"))
                    esac
                    return
                fi
                if [[ $ended || $cur != -* ]]; then
                    ((COMP_CWORD == 1)) && \(function)_words "$commands"
                    case "$command $positionals" in
            \(commands.flatMap(bashPositionals).joined(separator: "\n"))
                    esac
                fi
                if [[ ! $ended ]] && [[ $cur == -* || ! $cur && ${#COMPREPLY[@]} -eq 0 ]]; then
                    for word in $options; do
                        [[ $used == *" $word "* ]] || unused+="$word "
                    done
                    \(function)_words "$unused"
                fi
            }

            complete -F \(function) \(program)

            """
    }

    private func bashOptions(_ command: Command) -> String {
        func names(_ options: [CommandDeclaration.Argument]) -> String {
            options.flatMap(\.names).joined(separator: " ")
        }
        return """
                \(command.name.isEmpty ? "''" : command.name))
                    options='\(names(command.options))'
                    valued='\(names(command.options.filter(\.takesValue)))'
                    ;;
            """
    }

    /// One name of an option used rules out its other names.
    private var bashAliases: String {
        var lines: [String] = []
        for option in commands.flatMap(\.options) where option.names.count > 1 {
            let line =
                "            \(option.names.joined(separator: " | "))) used+='\(option.names.joined(separator: " ")) ' ;;"
            if !lines.contains(line) { lines.append(line) }
        }
        return lines.joined(separator: "\n")
    }

    private func bashValues(_ command: Command) -> [String] {
        command.options.filter(\.takesValue).compactMap { option in
            let patterns = option.names.map { "'\(command.name) \($0)'" }.joined(separator: " | ")
            return bashActions(option).map { "        \(patterns)) \($0) ;;" }
        }
    }

    private func bashPositionals(_ command: Command) -> [String] {
        command.positionals.enumerated().compactMap { index, argument in
            let pattern = argument.isRepeating ? "'\(command.name) '*" : "'\(command.name) \(index)'"
            return bashActions(argument).map { "        \(pattern)) \($0) ;;" }
        }
    }

    /// The completion of an argument's values; nil where they are unknown.
    private func bashActions(_ argument: CommandDeclaration.Argument) -> String? {
        var actions: [String] = []
        if !argument.values.isEmpty {
            actions.append("\(function)_words '\(argument.values.joined(separator: " "))'")
        }
        if argument.takesFiles { actions.append("\(function)_paths -f") }
        if argument.takesFolders { actions.append("\(function)_paths -d") }
        return actions.isEmpty ? nil : actions.joined(separator: "; ")
    }
}
