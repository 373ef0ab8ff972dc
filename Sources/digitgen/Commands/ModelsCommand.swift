import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import Platform

/// Lists the models of the program.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models.")

    @Flag(help: "Print a JSON array of objects.")
    var json = false

    func run() throws {
        let reports = try Models.reports()
        guard !json else {
            return try StandardOutput.print(.array(reports.map { .object($0.summary) }))
        }
        var table = TextTable()
        table.append(ModelReport.columnTitles)
        for report in reports { table.append(report.cells) }
        try StandardOutput.print(table.text())
    }
}

/// Describes a model.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Describe a model: layers, size, cost, training, metrics.")

    @Argument(
        help: ArgumentHelp("Name or file of a model.", valueName: "name or file"),
        completion: .list(DigitGenerator.shippedModels))
    var model: String

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let report = try Models.report(nameOrPath: model)
        guard !json else { return try StandardOutput.print(.object(report.details)) }
        try StandardOutput.print(report.text)
    }
}

/// The models that come with the program.
enum Models {
    /// Reports on all of them, the default first. Throws `DigitGeneratorError`.
    static func reports() throws -> [ModelReport] {
        try DigitGenerator.shippedModels.map { try report(shipped: $0) }
    }

    /// A report on the shipped model or, if none has this name, the file called `name`.
    /// Throws `DigitGeneratorError`, and `MissingInputError` if there is neither.
    static func report(nameOrPath: String) throws -> ModelReport {
        if DigitGenerator.shippedModels.contains(nameOrPath) { return try report(shipped: nameOrPath) }
        do throws(DigitGeneratorError) {
            let generator = try DigitGenerator(systemPath: nameOrPath)
            return ModelReport(
                bundle: generator.bundle, byteCount: FileStatus.size(nameOrPath) ?? 0, isDefault: false)
        } catch {
            guard case .unreadable(_, let reason) = error, PathKind(nameOrPath) == .missing else {
                throw error
            }
            let names = DigitGenerator.shippedModels.joined(separator: ", ")
            throw MissingInputError(
                message: "unknown model '\(nameOrPath)'; expected "
                    + (names.isEmpty ? "a file: \(reason)" : "one of \(names), or a file: \(reason)"))
        }
    }

    private static func report(shipped name: String) throws(DigitGeneratorError) -> ModelReport {
        let generator = try DigitGenerator(shipped: name)
        return ModelReport(
            bundle: generator.bundle, byteCount: DigitGenerator.byteCount(ofShipped: name) ?? 0,
            isDefault: name == DigitGenerator.shippedModels.first)
    }
}
