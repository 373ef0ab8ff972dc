import ArgumentParser
import CommandLineSupport
import DigitDataSets
import DigitFields
import DigitGen
import DigitImaging
import DigitService
import Platform

/// Draws digits into a picture, an array or onto the terminal.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Draw handwritten digits (the default command).",
        usage: "digitgen [<text>] [<options>]",
        discussion: """
            EXAMPLES:
              digitgen 7 --count 16                       show sixteen sevens
              digitgen 7 --count 16 > sevens.png          write them as a grid
              digitgen 90210 --count 4 -o zips.png        numbers, each in one hand
              digitgen 3 --seed 42 --scale 8 -o big.png   the same large three every time
              digitgen --sheet -o hands.png               ten hands and their numbers
              digitgen 2026 --style 4 -o year.png         a number in hand 4
              digitgen --morph 3:8 -o morph.png           from a three to an eight
              digitgen 7 --count 20 -o 'seven-%02d.png'   a file for each image
              digitgen --count 1000 -o digits.npy         an array for numpy, and labels
              digitgen --count 1000 --format idx -o set/  images and labels like MNIST's
              digitgen '555-1234' --height 48 -o phone.png  a line as people write it
              digitgen --pattern '#{1,3},###.##' -o amounts.png

            On a terminal, digitgen shows the digits; into a file or a pipe, it writes bytes. The file name \
            determines the format: .png, .svg, .pgm, .idx, .npy or .raw, and .idx.gz or -idx3-ubyte.gz for compressed \
            IDX. The formats idx and npy store an array of images; with -o, the labels go to a second file \
            (digits-labels.npy beside digits.npy; in a folder, the usual names). A pipe gets only the images. \
            %d or %03d in the name of a picture stands for the number of the image, and each gets a file.

            Digits stand in cells of 28 × 28 pixels. With an option of lines, or with other characters than digits \
            (space - . , / : + and parentheses), they become a line as a person writes it, by a model that draws ink \
            (by default ink). Arrays of lines have no labels; 'digitgen dataset' makes lines with labels.
            """)

    @Argument(
        help: ArgumentHelp(
            "Number to draw: 1 to 64 digits, or a text of a line. Without it, conditional models draw all digits in turn.",
            valueName: "text"),
        transform: GenerateCommand.parseText)
    var text: FieldText?

    @Option(
        name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
        help: ArgumentHelp("Number of images. (default: 1, or 10 without <text>)", valueName: "number"),
        transform: Numbers.within(DataSetJob.counts))
    var count: Int?

    @OptionGroup var seedOption: SeedOption

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Number of the first image: image i of a seed is always the same. (default: 0)",
            valueName: "number"),
        transform: Numbers.within(DrawRequest.firstImages))
    var first: Int?

    @OptionGroup(title: "Handwriting") var handwriting: HandwritingOptions
    @OptionGroup(title: "Lines") var texts: TextOptions
    @OptionGroup(title: "Lines") var lines: LineOptions
    @OptionGroup(title: "Model") var modelOptions: ModelOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        let format = try output.fileFormat().name
        if let count, count > Self.pictureLimit, format.isPicture {
            throw ValidationError(
                "--count must be 1…\(Self.pictureLimit) for a picture; use --format idx, npy or raw, "
                    + "or 'digitgen dataset'")
        }
        guard !drawsLines else { return try validateLines() }
        if let text, digits == nil {
            throw DigitGeneratorError.tooManyDigits(
                text.characters.count, limit: Digits.lengths.upperBound)
        }
        if let path = output.output, try NumberedName(path) != nil {
            try validateNumbered(format)
        }
        guard handwriting.sheet else { return }
        guard first == nil else { throw ValidationError("--first and --sheet are mutually exclusive") }
        guard digits == nil else { throw ValidationError("<text> and --sheet are mutually exclusive") }
        guard format.isPicture else { throw OutputOptions.pictureOnly("--sheet") }
        guard output.columns == nil else {
            throw ValidationError("--columns and --sheet are mutually exclusive")
        }
    }

    /// Throws `ValidationError` for what does not go into separate files.
    private func validateNumbered(_ format: OutputFormat) throws {
        guard format == .png || format == .pgm else {
            throw ValidationError("numbered files must be PNG or PGM; %d stands for the number of an image")
        }
        for (option, isGiven) in [
            ("--columns", output.columns != nil), ("--sheet", handwriting.sheet),
            ("--morph", handwriting.morph != nil),
        ] where isGiven {
            throw ValidationError("\(option) needs one picture; omit %d in --output")
        }
    }

    func run() throws {
        try checkInputs()
        guard !drawsLines else { return try runLines() }
        let generator = try modelOptions.generator()
        let finish = try output.finish(of: generator)
        let destination = Destination(output: output.output, preview: output.preview)
        if case .terminal(let terminal, let kind) = destination {
            return try show(on: terminal, kind, generator)
        }
        let request = try request(for: generator, finish)
        let source = try DigitSource(request, by: generator, threads: nil)
        let layout = try layout(request, generator)
        let layoutTexts = try layoutTexts(layout, of: source)
        if case .path(let path) = destination, let name = try NumberedName(path),
            let format = try output.fileFormat().pixels
        {
            return try NumberedFiles(name: name, format: format, layout: layout, layoutTexts: layoutTexts)
                .write(source)
        }
        let job = ImageJob(
            count: request.count, size: source.size, layout: layout,
            texts: try source.provenance.texts() + layoutTexts)
        guard let format = try output.fileFormat().pixels else {
            return try SVGFile(destination: destination, job: job).write(source)
        }
        let files = try OutputFiles(
            destination: destination, format: format, job: job,
            labelsPerImage: source.sequence.labelsPerImage)
        try files.write(source)
    }

    /// The most images of a picture.
    static let pictureLimit = DigitGenerator.digitLimit

    /// Shows a preview, whose size is that of the screen.
    private func show(
        on terminal: Terminal, _ kind: PreviewKind, _ generator: DigitGenerator
    ) throws {
        let request = try request(for: generator, .mnist)
        let source = try DigitSource(request, by: generator, threads: nil)
        try Preview(
            kind: kind, terminal: terminal, layout: layout(request, generator),
            fitsColumns: output.columns == nil, isScaled: output.scale != nil || output.size != nil,
            drawsInk: output.drawsInk(generator)
        ).show(source, command: reproduction(of: source.sequence))
    }

    private func request(for generator: DigitGenerator, _ finish: Finish) throws -> DrawRequest {
        guard handwriting.sheet else {
            let isMorph = handwriting.morph != nil
            return try DrawRequest(
                digits: digits, count: count ?? (isMorph ? 12 : digits == nil ? 10 : 1), first: first ?? 0,
                style: handwriting.hand.number(by: generator), vary: handwriting.hand.vary?.fraction,
                isDiverse: handwriting.hand.diverse, targets: handwriting.hand.targets(),
                morph: handwriting.morph,
                seed: seedOption.seed, model: modelOptions.model, finish: finish,
                countLimit: DataSetJob.counts.upperBound)
        }
        guard generator.isConditional else {
            throw DigitGeneratorError.unconditional(
                model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        let limit = Self.pictureLimit / generator.digits.count
        guard styleCount <= limit else {
            throw UsageError(message: "--count must be 1…\(limit) with --sheet")
        }
        let digits = generator.digits.count
        return DrawRequest(
            count: digits * styleCount,
            handwriting: .styles(from: handwriting.hand.style ?? 0, imagesEach: digits),
            isDiverse: handwriting.hand.diverse, style: try handwriting.hand.targets(), seed: seedOption.seed,
            model: modelOptions.model, finish: finish)
    }

    /// The styles of a sheet.
    private var styleCount: Int { count ?? 10 }

    /// The arrangement of the images: a morph in one row, if it fits the greatest width; a sheet as a table with
    /// numbers in the margins.
    private func layout(_ request: DrawRequest, _ generator: DigitGenerator) throws -> GridLayout {
        guard handwriting.sheet else {
            let columns = request.isMorph ? min(request.count, GridLayout.allowedColumns.upperBound) : nil
            return try output.layout(request.finish, columns: columns, labels: nil)
        }
        let (digits, first) = (generator.classes, handwriting.hand.style ?? 0)
        let labels = GridLabels(
            columns: digits.map(UInt64.init), rows: (0..<styleCount).map { first &+ UInt64($0) })
        return try output.layout(request.finish, columns: digits.count, labels: labels)
    }

    /// The text, if it is digits to stand in cells.
    private var digits: Digits? { text.flatMap { try? Digits($0.description) } }

    /// The text of a layout that is not the default one.
    private func layoutTexts(_ layout: GridLayout, of source: DigitSource) throws -> [PNGText] {
        guard try output.fileFormat().name.isPicture else { return [] }
        let (request, generator) = (source.sequence.request, source.sequence.generator)
        var columns: Int?
        if output.columns != nil {
            var standard = self
            standard.output.columns = nil
            let grids = try [layout, standard.layout(request, generator)].map {
                try $0.grid(count: request.count, of: source.size).columns
            }
            if grids[0] != grids[1] { columns = grids[0] }
        }
        let text = try output.layoutText(request.finish, columns: columns, drawsInk: generator.drawsInk)
        return [text].compactMap { $0 }
    }

    /// Returns whether a word in the place of a command may be a text: it does not begin with a letter.
    static func mayBeText(_ word: String) -> Bool { word.first?.isLetter != true }

    private static func parseText(_ argument: String) throws -> FieldText {
        do throws(FieldError) { return try FieldText(argument) } catch {
            if DigitgenCommand.subcommand(named: argument) != nil {
                throw ValidationError("the command comes first, as in 'digitgen \(argument) …'")
            }
            throw ValidationError(error.description)
        }
    }
}

// MARK: - Inputs

extension GenerateCommand {
    /// Throws `UsageError` if a file that would be written is one that is read.
    private func checkInputs() throws {
        guard let path = output.output, path != "-" else { return }
        let named: [(input: String?, name: String)] = [
            (modelOptions.weights, "the model's file"),
            (handwriting.hand.like, "the file that --like reads"),
            (texts.from == "-" ? "/dev/stdin" : texts.from, "the file that --from reads"),
        ]
        for (input, name) in named {
            guard let input, let written = try writtenFile(of: path, thatIs: input) else { continue }
            throw UsageError(message: "'\(written)' is \(name); choose another output")
        }
    }

    /// The file that would be written by the name `path` and is the one at `input`; nil if none is.
    private func writtenFile(of path: String, thatIs input: String) throws -> String? {
        func isInput(_ written: String) -> Bool {
            PathKind(written) == .file && FileStatus.areSame(input, written)
        }
        if let name = try NumberedName(path) {
            let start = first ?? 0
            // One after the other: there may be millions.
            return (start..<start + (count ?? (text == nil ? 10 : 1))).lazy.map { name.path($0) }
                .first(where: isInput)
        }
        return try writtenPaths(path).first(where: isInput)
    }

    /// The files of images and labels that `path` stands for.
    private func writtenPaths(_ path: String) throws -> [String] {
        guard let array = try output.fileFormat().pixels as? any ArrayFormat else { return [path] }
        var path = path
        if case .folder = PathKind(path) {
            path = array.imagesPath(in: path)
        }
        guard array.describesItself, !drawsLines else { return [path] }
        let rank = (text?.characters.count ?? 1) == 1 ? 1 : 2
        return [path, ArrayFileNames.labels(besideImages: path, rank: rank)]
    }
}

// MARK: - The command that a preview shows

extension GenerateCommand {
    /// The command line that saves the same images.
    private func reproduction(of sequence: ImageSequence) -> String {
        let count = handwriting.sheet ? styleCount : sequence.request.count
        var words = ["digitgen"]
        if let digits { words.append("\(digits)") }
        words += ["--count", "\(count)", "--seed", "\(sequence.seed)"]
        if let first { words += ["--first", "\(first)"] }
        words += handwriting.words(sequence.request.handwriting) + modelOptions.words + output.words
        return words.map(\.shellWord).joined(separator: " ")
    }
}
