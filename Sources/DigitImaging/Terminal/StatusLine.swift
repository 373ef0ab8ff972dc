/// A line of a terminal that is redrawn during work. It composes the characters, which its user writes.
package struct StatusLine {
    private let takesEscapes: Bool
    private let reflows: Bool
    /// The number of characters shown.
    private var width = 0

    package init(takesEscapes: Bool = Terminal.takesEscapes, reflows: Bool = Terminal.reflows) {
        self.takesEscapes = takesEscapes
        self.reflows = reflows
    }

    /// The characters that replace the line by `text` (ASCII) on a terminal of `columns` at this moment.
    package mutating func replacement(by text: String, columns: Int) -> String {
        let start = removal(columns: columns)
        // In the last column the next character would begin a line.
        let text = text.prefix(max(columns - 1, 0))
        width = text.utf8.count
        return start + text
    }

    /// The characters that remove the line and leave the cursor in its first column.
    package mutating func removal(columns: Int) -> String {
        defer { width = 0 }
        guard width > 0 else { return "" }
        guard takesEscapes else {
            return "\r" + String(repeating: " ", count: min(width, max(columns - 1, 0))) + "\r"
        }
        // It was written on a wider terminal, and now fills several lines.
        let wrapped = reflows ? (width - 1) / max(columns, 1) : 0
        return wrapped > 0 ? "\u{1B}[\(wrapped)A\r\u{1B}[J" : "\r\u{1B}[K"
    }
}

/// A line with a progress bar that fits a terminal's width.
package struct ProgressLine {
    private static let barWidths = 8...30

    private let before: String
    private let afters: [String]
    private let share: Double

    /// - Parameters:
    ///   - before: the text before the bar.
    ///   - afters: alternatives for the text after the bar, the longest first.
    package init(done: Int, total: Int, before: String = "", afters: [String]) {
        self.before = before
        self.afters = afters
        share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1
    }

    /// The longest form for a terminal of so many columns, of which it leaves the last one free.
    package func text(columns: Int) -> String {
        let room = max(columns - 1, 0)
        let start = before.isEmpty ? "" : before + " "
        for after in afters {
            let width = min(Self.barWidths.upperBound, room - start.utf8.count - after.utf8.count - 3)
            if width >= Self.barWidths.lowerBound {
                let filled = Int(Double(width) * share)
                return start + "[" + String(repeating: "#", count: filled)
                    + String(repeating: ".", count: width - filled) + "] " + after
            }
            if start.utf8.count + after.utf8.count <= room { return start + after }
        }
        let percent = "\(Int(100 * share))%"
        return percent.utf8.count <= room ? percent : ""
    }
}
