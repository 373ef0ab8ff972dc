import ArgumentParser
import CommandLineSupport
import DigitFields
import DigitGen
import DigitService
import Platform

/// What data sets of lines have beside texts and looks.
struct LineDataSetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Labels of lines, as a trainer reads them; csv for digits in pictures, too. (default: jsonl for lines)",
            valueName: "format"))
    var labels: LabelFormat?

    @Option(
        help: ArgumentHelp(
            "Divide lines into train, val and, with three numbers, test, which share no seed and no hand.",
            valueName: "0.8,0.1,0.1"),
        transform: LineDataSetOptions.parseSplit)
    var split: Split?

    @Option(
        help: ArgumentHelp(
            "Put many lines on each picture, for detection, with --labels coco, yolo or jsonl.",
            valueName: "WxH"),
        transform: LineDataSetOptions.parsePage)
    var page: PageSize?

    @Flag(help: "Draw lines black on white.")
    var invert = false

    /// The first option that is given and that digits do not have.
    var given: String? {
        if split != nil { return "--split" }
        if page != nil { return "--page" }
        return invert ? "--invert" : nil
    }

    private static func parseSplit(_ text: String) throws -> Split {
        guard let split = Split(text) else {
            throw ValidationError(
                "expected two or three shares with up to three decimals that add up to 1, such as 0.8,0.1,0.1"
            )
        }
        return split
    }

    private static func parsePage(_ text: String) throws -> PageSize {
        guard let size = PageSize(text) else {
            let sides = PageSize.sides
            throw ValidationError(
                "expected WxH with \(sides.lowerBound)…\(sides.upperBound) pixels, such as 1024x768")
        }
        return size
    }
}

extension LabelFormat: ExpressibleByArgument {}

// MARK: - Lines

extension DatasetCommand {
    /// Checks options of lines, and those that lines do not go with.
    func validateLines() throws {
        guard texts.isGiven else {
            if let labels = lineDataSet.labels, labels != .csv {
                throw ValidationError(
                    "--labels \(labels.rawValue) needs the texts of lines: --pattern, --length or --from")
            }
            if let option = lineDataSet.given ?? (lines.isGiven ? "an option of lines" : nil) {
                throw ValidationError("\(option) needs the texts of lines: --pattern, --length or --from")
            }
            return
        }
        for (option, isGiven) in [
            ("--digits", digits != nil), ("--size", size != nil), ("--finish", finish != nil),
            ("--gz", isGzipped), ("--balanced", balanced), ("--shards", shards != nil),
        ]
        where isGiven {
            throw ValidationError("\(option) is for digits in cells; omit it for lines")
        }
        guard texts.from == nil || count == nil else {
            throw ValidationError(
                "--count and --from are mutually exclusive; each line of the file is drawn once")
        }
        guard texts.from != nil || count != nil else {
            throw ValidationError("--count is missing; name the number of pictures")
        }
        guard format == nil || format == .png || format == .tar else {
            throw ValidationError("lines differ in width; use --format png or tar")
        }
        if format == .tar, lineDataSet.labels != nil {
            throw ValidationError(
                "an archive has texts and boxes as .txt and .json; omit --labels or --format tar")
        }
        guard lineDataSet.page != nil else { return }
        guard texts.from == nil || shard == nil else {
            throw ValidationError(
                "what is on a page depends on the texts before it; omit --shard, or use --pattern or --length"
            )
        }
        guard lineDataSet.labels?.hasBoxes ?? true else {
            throw ValidationError("--page has many lines a picture; use --labels coco, yolo or jsonl")
        }
        guard lines.across == nil, lines.margin == nil else {
            throw ValidationError("--page arranges lines itself; omit --across and --margin")
        }
    }

    func runLines() throws {
        let drawer = try LineDrawer(DigitGenerator(LineDrawer.model(modelOptions.model)))
        let style = try lines.style(invert: lineDataSet.invert)
        // Parts that are made without a seed must have the same one.
        let seed = seedOption.seed ?? (shard == nil ? nil : 1)
        let texts: LineDataSetJob.Texts
        if let pattern = self.texts.anyPattern {
            texts = .pattern(pattern, count: count ?? 1)
        } else {
            let path = self.texts.from ?? "-"
            // The lines are counted before they are read.
            if path == "-", shard != nil { try SpoolFile.keepStandardInput() }
            texts = .file(path)
        }
        let job = LineDataSetJob(
            source: LineSource(drawer, style: style, seed: seed, hand: try hand.choice(by: drawer.generator)),
            texts: texts, form: format == .tar ? .tar : .folder(lineDataSet.labels ?? .jsonl),
            split: lineDataSet.split,
            shard: shard ?? .whole, page: lineDataSet.page)
        var bar = ProgressBar(total: count.map { (shard ?? .whole).range(of: $0).count } ?? 0)
        defer { bar.clear() }
        // The end of a file is not known.
        func show(_ done: Int) { if count != nil { bar.update(done) } }
        if let stream = try stream(format ?? .png) {
            guard lineDataSet.split == nil else {
                throw UsageError(message: "--split makes several archives and needs a folder")
            }
            return try job.stream(to: stream, progress: show)
        }
        if try job.isDone(path: output) {
            StagedFolder.removeLeftovers(in: output)
            StandardError.print("digitgen: '\(output)' already holds this data set")
            return
        }
        let stop = StopSignal()
        try job.run(path: output) { done in
            try stop.check()
            show(done)
        }
    }
}
