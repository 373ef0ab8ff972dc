import Platform

/// The command line that draws the same again and keeps it.
struct Reproduction {
    /// To be typed into a shell.
    let text: String

    init(drawing: Drawing, subject: Subject, seed: UInt64) {
        var words = ["digitgen"]
        if let digits = drawing.digits { words.append(digits.text) }
        words += ["--count", "\(Self.count(drawing, subject))", "--seed", "\(seed)"]
        words += Self.handwriting(drawing.handwriting, chosenStyle: subject.chosenStyle)
        words += Self.model(drawing.model)
        words += Self.output(drawing.output)
        text = words.map(\.shellWord).joined(separator: " ")
    }

    /// The value of `--count`: of a sheet, its styles.
    private static func count(_ drawing: Drawing, _ subject: Subject) -> Int {
        subject.labels?.rows.count ?? subject.count
    }

    private static func handwriting(_ options: Drawing.Handwriting, chosenStyle: UInt64?) -> [String] {
        var words: [String] = []
        if options.sheet { words.append("--sheet") }
        if let style = options.style ?? chosenStyle { words += ["--style", "\(style)"] }
        if let vary = options.vary { words += ["--vary", vary.text] }
        if let morph = options.morph { words += ["--morph", morph.text] }
        return words
    }

    private static func model(_ choice: ModelChoice) -> [String] {
        switch choice {
        case .default: []
        case .shipped(let name): ["--model", name]
        case .weights(let path): ["--weights", path]
        }
    }

    private static func output(_ options: Drawing.Output) -> [String] {
        var words: [String] = []
        if let columns = options.columns { words += ["--columns", "\(columns)"] }
        if let scale = options.scale { words += ["--scale", "\(scale)"] }
        if let filter = options.filter { words += ["--filter", filter.rawValue] }
        if let padding = options.padding { words += ["--padding", "\(padding)"] }
        let format = options.format.name
        if format != .png { words += ["--format", format.rawValue] }
        if options.invert { words.append("--invert") }
        if let background = options.background { words += ["--background", background.rawValue] }
        return words + ["-o", "digits.\(format.rawValue)"]
    }
}
