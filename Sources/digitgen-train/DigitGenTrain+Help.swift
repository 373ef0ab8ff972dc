import ArgumentParser

extension DigitGenTrain {
    /// Throws for help on a command that there is not, which the parser would answer with the program's own help.
    static func requireHelpedCommand(_ arguments: [String]) throws {
        guard arguments.first == "help",
            let name = arguments.dropFirst().first(where: { !$0.hasPrefix("-") })
        else { return }
        let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard commands.contains(name) || name == "help" else {
            throw ValidationError(
                "there is no command '\(name)'; there are \(commands.joined(separator: ", "))")
        }
    }
}
