import ArgumentParser
import CBuild
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// The program: drawing is what it does unless a subcommand is named.
struct DigitgenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digitgen",
        abstract: "Draw handwritten digits.",
        version: VersionText.text,
        subcommands: [
            GenerateCommand.self, DatasetCommand.self, ServeCommand.self, ModelsCommand.self,
            InspectCommand.self, BenchCommand.self,
        ],
        defaultSubcommand: GenerateCommand.self)

    /// Runs the program and returns its exit status. Whatever goes wrong ends here, as one line on stderr.
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
                for: arguments, of: self, answeredWith: error, isArgument: GenerateCommand.mayBeDigits)
            return end(with: misspelling.map { UsageError(message: $0) } ?? error)
        }
    }

    /// The command that `arguments` mean. Only its own options are looked at: to collect those of all commands takes
    /// longer than to draw a hundred digits.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        // These the parser answers itself, by what it knows of all commands.
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

    /// The subcommand of a name; nil for any other word.
    static func subcommand(named name: String) -> (any ParsableCommand.Type)? {
        configuration.subcommands.first { $0.configuration.commandName == name }
    }

    private static func asksForHelp(_ arguments: [String]) -> Bool {
        [["--help"], ["-h"], ["help"]].contains(arguments)
    }

    /// The help of drawing, which needs no subcommand, and then the subcommands.
    private static var help: String {
        let all = helpMessage()
        let subcommands = all.ranges(of: "SUBCOMMANDS:").last.map { all[$0.lowerBound...] } ?? ""
        return helpMessage(for: GenerateCommand.self) + "\n" + subcommands
    }
}

/// The answer to `--version`: the version, and in parentheses the commit, where it is known, and the instruction set
/// tier in use.
enum VersionText {
    static var text: String {
        let details = [commit, tier].compactMap { $0 }.joined(separator: ", ")
        return "\(ProgramVersion.text) (\(details))"
    }

    /// nil for a build that does not know its commit.
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
