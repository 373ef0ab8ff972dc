import ArgumentParser
import DigitImaging

/// Lists the models that the program has.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Lists the models.")

    @Flag(help: "As JSON: an array of objects.")
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
