import ArgumentParser
import CommandLineSupport
import DigitGen
import Platform

/// The trainer's program: its commands, and the one place where errors become a line and an exit code.
@main
struct DigitGenTrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digitgen-train",
        abstract: "Train, quantize, evaluate and compare generators of handwritten digits.",
        discussion: """
            A model is made by two commands:

              digitgen-train fit cgan --data mnist/ --output runs/cgan
              digitgen-train quantize runs/cgan --data mnist/ -o cgan.safetensors.zst

            evaluate measures it, and compare puts several side by side in a report. modes counts what methods \
            of training leave out.

            tools/fetch-mnist DIR downloads MNIST. --data takes any other folder of labelled digits, too:

              images-idx3-ubyte, labels-idx1-ubyte     plain or .gz, as digitgen dataset writes them
              mnist.npz                                as Keras has it
              images.npy, labels.npy                   or NAME.npy, NAME-labels.npy
              *.tar                                    of KEY.png and KEY.cls
              0/*.png … 9/*.png                        28 × 28 pixels, ink bright on black
              train, test                              folders of any of these

            MNIST's files, mnist.npz and the folders train and test are already split. Of other data, every seventh image of each \
            digit is kept for testing.
            """,
        version: ProgramVersion.text,
        subcommands: [
            FitCommand.self, QuantizeCommand.self, EvaluateCommand.self, CompareCommand.self,
            ModesCommand.self,
        ])

    static func main() {
        StandardDescriptors.fillGaps()
        DescriptorSink.reportFailedWrites()
        let arguments = systemArguments
        do {
            if let script = CompletionScript.requested(by: arguments, of: self) {
                return try StandardOutput.write(script)
            }
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch {
            let misspelling = CommandMisspelling.message(for: arguments, of: self, answeredWith: error)
            endProgram(end(with: misspelling.map { UsageError(message: $0) } ?? error))
        }
    }
}
