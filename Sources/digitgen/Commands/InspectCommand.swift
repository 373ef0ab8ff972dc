import ArgumentParser
import DigitGen
import DigitImaging

/// Tells what is in a model's bundle.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tells what is in a model: layers, sizes, costs, history, metrics.")

    @Argument(
        help: ArgumentHelp("The name of a model, or a file.", valueName: "name or file"),
        completion: .list(DigitGenerator.shippedModels))
    var model: String

    @Flag(help: "As JSON: an object.")
    var json = false

    func run() throws {
        let report = try Models.report(nameOrPath: model)
        guard !json else { return try StandardOutput.print(.object(report.details)) }
        try StandardOutput.print(report.text)
    }
}
