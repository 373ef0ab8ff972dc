import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging

/// The trainer's program: its commands, and the one place where errors become a line and an exit code.
@main
struct DigitGenTrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digitgen-train",
        abstract: "Train, quantize, evaluate and compare generators of handwritten digits.",
        discussion: """
            A model goes through four commands:

              digitgen-train fit cgan --data mnist/ --output runs/cgan
              digitgen-train quantize runs/cgan -o cgan.safetensors.zst
              digitgen-train match-black cgan.safetensors.zst --data mnist/
              digitgen-train evaluate cgan.safetensors.zst --data mnist/

            and compare puts several beside each other in a report. modes counts what methods of training leave out.

            tools/fetch-mnist DIR downloads the data.
            """,
        version: ProgramVersion.text,
        subcommands: [
            FitCommand.self, QuantizeCommand.self, MatchBlackCommand.self, EvaluateCommand.self,
            CompareCommand.self, ModesCommand.self,
        ])

    static func main() {
        StandardDescriptors.fillGaps()
        DescriptorSink.reportFailedWrites()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let script = CompletionScript.requested(by: arguments, of: self) {
                return try StandardOutput.write(script)
            }
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch {
            let misspelling = CommandMisspelling.message(for: arguments, of: self, answeredWith: error)
            Failure(misspelling.map { ValidationError($0) } ?? error).endProgram()
        }
    }
}
