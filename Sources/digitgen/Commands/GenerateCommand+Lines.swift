import ArgumentParser
import CommandLineSupport
import DigitFields
import DigitGen
import DigitImaging
import DigitService
import Platform

// MARK: - Lines

extension GenerateCommand {
    /// True if the output is lines instead of digits in cells: an option asks for them, or the text has others
    /// characters than digits.
    var drawsLines: Bool {
        texts.isGiven || lines.isGiven || text.map { !$0.characters.allSatisfy(\.isDigit) } == true
    }

    /// Checks what lines do not go with.
    func validateLines() throws {
        if text != nil, texts.isGiven {
            throw ValidationError("<text> and --pattern, --length or --from are mutually exclusive")
        }
        guard text != nil || texts.isGiven else {
            throw ValidationError("lines need a text: name it, or use --pattern, --length or --from")
        }
        if texts.from != nil, count != nil {
            throw ValidationError(
                "--count and --from are mutually exclusive; each line of the file is drawn once")
        }
        let others = [
            ("--morph", handwriting.morph != nil), ("--sheet", handwriting.sheet),
            ("--size", output.size != nil), ("--scale", output.scale != nil),
            ("--finish", output.finish != nil),
            ("--filter", output.filter != nil),
        ]
        for (option, isGiven) in others where isGiven {
            throw ValidationError("\(option) is for digits in cells; lines have --height")
        }
        if let path = output.output, try NumberedName(path) != nil {
            throw ValidationError(
                "lines become one picture; omit %d in --output, or use 'digitgen dataset' for a file of each")
        }
        let format = try output.fileFormat().name
        guard format != .svg else { throw ValidationError("lines are pixels; use --format png or pgm") }
        if !format.isPicture, lines.across == nil {
            throw ValidationError(
                "lines differ in width, and \(format.rawValue) is an array of pictures of one size; add --across"
            )
        }
    }

    func runLines() throws {
        let style = try lines.style(invert: output.invert)
        let model = try LineDrawer.model(modelOptions.model)
        let drawer = try LineDrawer(DigitGenerator(model))
        let destination = Destination(output: output.output, preview: output.preview)
        let lineTexts = try self.lineTexts()
        let hand = try handwriting.hand.choice(by: drawer.generator)
        var source = LineSource(drawer, style: style, seed: seedOption.seed, hand: hand)
        if case .terminal(let terminal, let kind) = destination {
            return try show(lineTexts, source, on: terminal, kind)
        }
        let isTransparent = output.background == .transparent
        if isTransparent {
            var plain = style
            (plain.ink, plain.paper) = (255, 0)
            source = LineSource(drawer, style: plain, seed: source.seed, hand: source.hand)
        }
        let sheet = LineSheet(columns: output.columns ?? 1, padding: output.padding ?? 0)
        let file = LineFile(source, lineTexts, sheet, first: first ?? 0, to: destination)
        let format = try output.fileFormat()
        guard format.name.isPicture else {
            guard let pixels = format.pixels, let width = style.across else { return }
            return try file.writeArray(pixels, width: width, to: destination)
        }
        try file.writePicture(
            format.name, transparent: isTransparent ? style : nil, layout: output.lineLayoutText(),
            to: destination)
    }

    private func lineTexts() throws -> LineTexts {
        if let text { return .fixed(text, count: count ?? 1) }
        if let pattern = texts.anyPattern { return .pattern(pattern, count: count ?? 10) }
        var all: [FieldText] = []
        guard let path = texts.from else { return .list(all) }
        let file = try TextFile(path)
        while let text = try file.next() {
            all.append(text)
            guard all.count <= Self.pictureLimit else {
                throw UsageError(
                    message:
                        "more than \(Self.pictureLimit) lines; 'digitgen dataset --from' draws any number")
            }
        }
        guard !all.isEmpty else {
            let name = path == "-" ? "standard input" : path
            throw MissingInputError(message: "\(name) has no lines; expected a text on each")
        }
        return .list(all)
    }

    /// Shows the first lines on a terminal.
    private func show(
        _ lineTexts: LineTexts, _ source: LineSource, on terminal: Terminal, _ kind: PreviewKind
    ) throws {
        let limit = 8
        let shown: LineTexts =
            switch lineTexts {
            case .fixed(let text, let count): .fixed(text, count: min(count, limit))
            case .pattern(let pattern, let count): .pattern(pattern, count: min(count, limit))
            case .list(let texts): .list(Array(texts.prefix(limit)))
            }
        let sheet = LineSheet(columns: output.columns ?? 1, padding: output.padding ?? 0)
        let picture = try LineFile(source, shown, sheet, first: first ?? 0, to: .standardOutput).picture()
        let preview = Preview(
            kind: kind, terminal: terminal, layout: try GridLayout(), fitsColumns: false, isScaled: false,
            drawsInk: true)
        try preview.show(
            picture, shown: shown.count, of: lineTexts.count,
            command: lineCommand(lineTexts, source))
    }

    /// The command line that saves the same lines.
    private func lineCommand(_ lineTexts: LineTexts, _ source: LineSource) -> String {
        var words = ["digitgen"]
        let text = self.text?.description
        let isOptionLike = text?.hasPrefix("-") == true
        if let text, !isOptionLike { words.append(text) }
        if let pattern = texts.anyPattern { words += ["--pattern", pattern.description] }
        if let from = texts.from {
            words += ["--from", from]
        } else {
            words += ["--count", "\(lineTexts.count)"]
        }
        words += ["--seed", "\(source.seed)"]
        if let first { words += ["--first", "\(first)"] }
        if let style = source.hand.number { words += ["--style", "\(style)"] }
        words += handwriting.hand.styleWords
        words += lines.words + modelOptions.words + output.words
        if let text, isOptionLike { words += ["--", text] }
        return words.map(\.shellWord).joined(separator: " ")
    }
}
