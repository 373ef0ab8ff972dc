import ArgumentParser
import CBuild
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// The program. Without a subcommand it draws.
struct DigitgenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digitgen",
        abstract: "Draw handwritten digits.",
        version: VersionText.text,
        subcommands: [
            GenerateCommand.self, DatasetCommand.self, AgainCommand.self, ServeCommand.self,
            ModelsCommand.self,
            InspectCommand.self, BenchCommand.self,
        ],
        defaultSubcommand: GenerateCommand.self)

    /// Runs the program and returns its exit status. Every error ends here, as one line on standard error.
    static func run(arguments: [String]) -> Int32 {
        DescriptorSink.reportFailedWrites()
        do {
            guard !asksForHelp(arguments) else {
                try StandardOutput.print(help)
                return ExitStatus.ok.rawValue
            }
            if let script = CompletionScript.requested(by: arguments, of: self) {
                try StandardOutput.write(script)
                return ExitStatus.ok.rawValue
            }
            guard arguments != [ManualPage.option] else {
                try StandardOutput.write(manual().text)
                return ExitStatus.ok.rawValue
            }
            var command = try parse(arguments)
            try command.run()
            return ExitStatus.ok.rawValue
        } catch {
            let misspelling = CommandMisspelling.message(
                for: arguments, of: self, answeredWith: error, isArgument: GenerateCommand.mayBeText)
            return end(with: misspelling.map { UsageError(message: $0) } ?? error)
        }
    }

    /// The command that `arguments` select. Only its own options are collected: those of all commands would take longer
    /// than drawing a hundred digits.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        // The parser handles these itself, and needs all commands.
        let isForRoot =
            arguments.first == "help"
            || arguments.contains { argument in
                argument == "-h" || argument == "--version" || argument.hasPrefix("--help")
                    || argument.hasPrefix("--generate-completion-script")
                    || argument.hasPrefix("--experimental-")
            }
        guard !isForRoot else { return try parseAsRoot(arguments) }
        guard let command = arguments.first.flatMap(subcommand(named:)) else {
            return try GenerateCommand.parse(arguments)
        }
        return try command.parse(Array(arguments.dropFirst()))
    }

    /// The subcommand called `name`; nil if there is none.
    static func subcommand(named name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0.configuration.commandName == name }
    }

    private static func asksForHelp(_ arguments: [String]) -> Bool {
        [["--help"], ["-h"], ["help"]].contains(arguments)
    }

    /// The help of the default subcommand, followed by the list of subcommands.
    private static var help: String {
        let all = helpMessage()
        let subcommands = all.ranges(of: "SUBCOMMANDS:").last.map { all[$0.lowerBound...] } ?? ""
        return helpMessage(for: GenerateCommand.self) + "\n" + subcommands
    }
}

/// The output of `--version`: the version, and in parentheses the commit, if known, and the instruction set in use.
enum VersionText {
    static var text: String {
        let details = [commit, tier].compactMap { $0 }.joined(separator: ", ")
        return "\(ProgramVersion.text) (\(details))"
    }

    /// The commit; nil if the build does not know it.
    private static var commit: String? {
        var count = 0
        guard let start = dg_build_commit(&count) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: count).map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes.prefix { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    private static var tier: String {
        do { return try KernelTier.preferred().name } catch { return error.description }
    }
}
