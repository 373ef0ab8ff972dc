import ArgumentParser
import StrictJSON

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
            let list = JSONValue.array(reports.map { .object($0.summary) })
            return try StandardOutput.print(String(decoding: list.serialized, as: UTF8.self))
        }
        var table = TextTable()
        table.append(ModelReport.columnTitles)
        for report in reports { table.append(report.cells) }
        try StandardOutput.print(table.text())
    }
}
