import ArgumentParser
import CommandLineSupport
import DigitImaging
import DigitService

/// The program: drawing is what it does unless a subcommand is named.
struct DigitgenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digitgen",
        abstract: "Draws handwritten digits.",
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
            if let drawing = PlainDrawing.reading(arguments) {
                try drawing.run()
            } else if isDrawing(arguments) {
                let command = try GenerateCommand.parse(arguments)
                try command.run()
            } else {
                var command = try parseAsRoot(arguments)
                try command.run()
            }
            return ExitStatus.ok.rawValue
        } catch {
            let misspelling = CommandMisspelling.message(
                for: arguments, of: self, answeredWith: error, isArgument: DigitsArgument.mayBeMeant)
            return end(with: misspelling.map(UsageError.init) ?? error)
        }
    }

    private static func end(with error: any Error) -> Int32 {
        if exitCode(for: error) == .success {
            // Not an error, but help or a version that was asked for.
            do throws(ImagingError) {
                try StandardOutput.print(fullMessage(for: error))
                return ExitStatus.ok.rawValue
            } catch {
                return end(with: error)
            }
        }
        let failure = Failure(error)
        if let message = failure.message { StandardError.print("digitgen: \(message)") }
        return failure.status
    }

    /// Whether `arguments` can only be meant for drawing. Then the command is read without looking for others,
    /// which takes a third of the time that a short run takes to start.
    private static func isDrawing(_ arguments: [String]) -> Bool {
        let isNamed = arguments.first.map { first in
            configuration.subcommands.contains { $0.configuration.commandName == first } || first == "help"
        }
        guard isNamed != true else { return false }
        // Those that the parser answers itself, by what it knows of all commands.
        return !arguments.contains { argument in
            argument == "-h" || argument == "--version" || argument.hasPrefix("--help")
                || argument.hasPrefix("--generate-completion-script") || argument.hasPrefix("--experimental-")
        }
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
