import DigitImaging
import Platform
import StrictJSON

/// Text in aligned columns.
struct TextTable {
    private var rows: [[String]] = []

    /// Adds a row; rows may differ in length.
    mutating func append(_ cells: [String]) {
        rows.append(cells)
    }

    /// The rows, two spaces between the columns, each row after `indentation`.
    func text(indentation: String = "") -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let last = row.count - 1
            let cells = row.enumerated().map { column, cell in
                column == last ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return indentation + cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

extension BinaryInteger {
    /// The number with commas between groups of three digits.
    var grouped: String {
        var text = ""
        for (index, digit) in String(magnitude).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (signum() < 0 ? "-" : "") + String(text.reversed())
    }
}

extension StandardOutput {
    /// Writes `value` on a line. Throws as `print` of a text.
    static func print(_ value: JSONValue) throws(OutputError) {
        try print(value.text)
    }
}
