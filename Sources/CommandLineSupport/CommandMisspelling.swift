import ArgumentParser

/// Unknown names of commands and options, with suggestions.
///
/// The parser takes `help` on an unknown command for `help`, reports what is missing before what is misspelled, and
/// suggests the option with the fewest letters wrong: for `--out`, `--count`.
package struct CommandMisspelling {
    private let program: CommandDeclaration

    private init(_ root: any ParsableCommand.Type) throws {
        program = try CommandDeclaration(of: root)
    }

    /// The message for a misspelled name in `arguments`, for which the parser reported `error` or help; nil if all
    /// names are known.
    ///
    /// - Parameter isArgument: returns whether a word in the place of a command is an argument of the default command.
    package static func message(
        for arguments: [String], of root: any ParsableCommand.Type, answeredWith error: any Error,
        isArgument: (String) -> Bool = { _ in false }
    ) -> String? {
        let isMistake = root.exitCode(for: error) == .validationFailure
        guard isMistake || root.exitCode(for: error) == .success, let spelling = try? Self(root) else {
            return nil
        }
        if let message = spelling.unknownCommand(in: arguments, isArgument: isArgument) { return message }
        return isMistake ? spelling.unknownOption(in: arguments) : nil
    }

    private func unknownCommand(in arguments: [String], isArgument: (String) -> Bool) -> String? {
        guard let first = arguments.first, !first.hasPrefix("-") else { return nil }
        guard first == "help" else {
            return program.subcommand(first) == nil && !isArgument(first) ? unknown(first) : nil
        }
        let words = arguments.dropFirst().filter { !$0.hasPrefix("-") }
        guard let name = words.first else { return nil }
        guard program.subcommand(name) != nil else { return unknown(name) }
        return words.count > 1 ? "unexpected argument '\(words[1])'; help is on one command" : nil
    }

    /// The message for the first unknown option; nil if all are known.
    private func unknownOption(in arguments: [String]) -> String? {
        var command = program
        var rest = arguments[...]
        if let first = rest.first, let subcommand = program.subcommand(first) {
            command = subcommand
            rest = rest.dropFirst()
        } else if let name = program.defaultSubcommand, let subcommand = program.subcommand(name) {
            command = subcommand
        }
        while let word = rest.popFirst(), word != "--" {
            guard word.hasPrefix("-"), word != "-" else { continue }
            let name = String(word.prefix { $0 != "=" })
            if let option = command.option(named: name) {
                if option.takesValue, name == word { _ = rest.popFirst() }
            } else if name.hasPrefix("--") || Self.isWord(name), !name.hasPrefix("--experimental-"),
                !name.hasPrefix("--generate-completion-script"), !name.hasPrefix("--help")
            {
                return message(option: name, of: command)
            }
        }
        return nil
    }

    private func unknown(_ name: String) -> String {
        let names = program.subcommands.map(\.name)
        if let nearest = Spelling.nearest(to: name, among: names) {
            return "unknown command '\(name)'. Did you mean '\(nearest)'?"
        }
        let argument = program.defaultSubcommand.flatMap(program.subcommand)?.positionals.first?.valueName
        return "unknown command '\(name)'; expected one of \(names.joined(separator: ", "))"
            + (argument.map { ", or <\($0)>" } ?? "")
    }

    private func message(option name: String, of command: CommandDeclaration) -> String {
        let names = command.options.flatMap(\.names).filter { $0.hasPrefix("--") }.map {
            String($0.dropFirst(2))
        }
        let word = String(name.drop { $0 == "-" })
        if let nearest = Spelling.nearest(to: word, among: names) {
            return "unknown option '\(name)'. Did you mean '--\(nearest)'?"
        }
        let path =
            command.name == program.defaultSubcommand ? program.name : "\(program.name) \(command.name)"
        return "unknown option '\(name)'; see '\(path) --help'"
    }

    /// A whole word after one dash, not a number and not joined single letters.
    private static func isWord(_ name: String) -> Bool {
        name.utf8.count > 2 && name.dropFirst().allSatisfy { $0.isLetter || $0 == "-" }
    }
}

/// Finds the word that was probably meant.
package enum Spelling {
    /// The most mistakes in a misspelling.
    private static let tolerance = 3

    /// The word of `words` that is nearest to `word`: the shortest of those that it begins, otherwise the one with the
    /// fewest letters wrong; nil when none is near.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let word = word.lowercased()
        guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
        let abbreviated = words.filter { $0.hasPrefix(word) }
        if let shortest = abbreviated.min(by: { $0.utf8.count < $1.utf8.count }) { return shortest }
        let distances = words.map { (word: $0, distance: distance(from: word, to: $0)) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        // A word in which half of the letters are wrong is another one.
        let limit = min(tolerance, max(word.utf8.count, nearest.word.utf8.count) / 2)
        if nearest.distance <= limit { return nearest.word }
        // A longer name for the same, such as output-file.
        return words.filter { word.hasPrefix($0 + "-") || word.hasPrefix($0 + "_") }
            .max { $0.utf8.count < $1.utf8.count }
    }

    /// Insertions, deletions, replacements and exchanges of neighbours that make one word the other (the optimal string
    /// alignment distance of Damerau and Levenshtein).
    private static func distance(from first: String, to second: String) -> Int {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        var rows = [Array(0...second.count)]
        for (i, a) in first.enumerated() {
            var row = [i + 1]
            for (j, b) in second.enumerated() {
                var best = min(rows[i][j] + (a == b ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a == second[j - 1], b == first[i - 1] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[first.count][second.count]
    }
}
