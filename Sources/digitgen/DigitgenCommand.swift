import ArgumentParser
import DigitGen
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
        DescriptorSink.ignoreBrokenPipes()
        do {
            guard !asksForHelp(arguments) else {
                try StandardOutput.print(help)
                return ExitStatus.ok.rawValue
            }
            var command = try parseAsRoot(arguments)
            try command.run()
            return ExitStatus.ok.rawValue
        } catch {
            return end(with: error)
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
