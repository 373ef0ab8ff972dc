import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// Makes a labelled data set, or a part of one.
struct DatasetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Make a labelled data set of any size.",
        discussion: """
            EXAMPLES:
              digitgen dataset --count 60000 -o synthetic
              digitgen dataset --format mnist --seed 1 -o root
              digitgen dataset --count 10000 --digits 38 --format png --labels csv -o pairs
              digitgen dataset --count 10000 --format tar --shards 4 -o tars
              digitgen dataset --count 1000000 --seed 1 --shard 3/100 -o parts/3
              digitgen dataset --count 1000 --format tar -o - | tar t
              digitgen dataset --pattern zip --count 1000 --labels coco -o zips
              echo 12.50 | digitgen dataset --from - --labels txt -o amounts

            All files appear together when they are complete, with a README.md for people and a .manifest.json of \
            checksums. The labels cycle through the digits in these formats:
              idx    images-idx3-ubyte, labels-idx1-ubyte, like MNIST's
              png    <label>/<index>.png, a file for each image; with --labels csv,
                     labels.csv with label, slant, thickness and width
              npy    images.npy, labels.npy
              tar    digits.tar with <index>.png and <index>.cls, for WebDataset;
                     with --shards, digits-000000.tar and so on
            Two formats are in two parts, six images in seven for training and the others for testing, with \
            shuffled labels, in other hands:
              mnist  MNIST's four files in MNIST/raw, where torchvision looks for them
              npz    mnist.npz with x_train, y_train, x_test and y_test, like Keras's

            Shards 1/N to N/N of one seed, made anywhere, form the whole data set: arrays and archives \
            concatenated in order, pictures in one folder. Each shard can be read on its own, even one without \
            images. 'cat' joins archives to the bytes of the whole; with more shards than images, those after \
            shard count + 1 only add zeros, which readers skip.

            With --pattern, --length or --from the images are lines of text, each in another hand, labelled as \
            --labels says:
              jsonl      metadata.jsonl with file_name, text and boxes, for Hugging Face
              txt        gt.txt, picture and text with a tab between them
              csv        labels.csv: picture and text, quoted where needed
              easyocr    labels.csv as EasyOCR reads it
              paddle     rec_gt_train.txt
              doctr      labels.json
              coco       annotations.json with a box for each character
              yolo       a file of boxes for each picture, and data.yaml
              tesseract  .gt.txt and .box beside each picture
            Boxes are x, y, width and height in pixels, tight around each character's ink. --format tar has \
            <index>.txt and <index>.json instead. Shards of lines without --seed have seed 1.

            If the output folder already holds this data set, its files are checked against the manifest, and a \
            missing or changed file is an error.
            """)

    @Option(
        name: [.customShort("n"), .long], parsing: .unconditional,
        help: ArgumentHelp(
            "Number of images in the whole data set. (default: 70000 for mnist and npz)", valueName: "number"),
        transform: Numbers.within(DataSetJob.counts))
    var count: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Digits to draw, each once. (default: all that the model draws)", valueName: "digits"),
        transform: DatasetCommand.parseDigits)
    var digits: Digits?

    @OptionGroup(title: "Handwriting") var hand: HandOptions
    @OptionGroup(title: "Lines") var texts: TextOptions
    @OptionGroup(title: "Lines") var lines: LineOptions
    @OptionGroup(title: "Lines") var lineDataSet: LineDataSetOptions

    @OptionGroup var seedOption: SeedOption

    @OptionGroup(title: "Model") var modelOptions: ModelOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels along a side of an image: 8 to 2048 for models that draw ink. (default: 28)",
            valueName: "pixels"),
        transform: Numbers.within(Finish.sizes))
    var size: Int?

    @Option(
        help: ArgumentHelp(
            """
            Make pixels by MNIST's preprocessing, or draw the model's ink. (default: mnist at 28 pixels, ink at \
            other sizes)
            """, valueName: "kind"))
    var finish: Finish.Name?

    @Option(help: ArgumentHelp("Format of the files. (default: idx, or png for lines)", valueName: "format"))
    var format: DataSetKind?

    @Flag(help: "Equally many images of each digit for mnist and npz, instead of MNIST's proportions.")
    var balanced = false

    @Flag(name: .customLong("gz"), help: "Compress the files of idx, mnist and npz.")
    var isGzipped = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of archives for tar. (default: one, digits.tar)", valueName: "number"),
        transform: Numbers.within(Shard.allowedCounts))
    var shards: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Make only shard K of N; needs --seed, except for lines, which then have seed 1.",
            valueName: "K/N"),
        transform: DatasetCommand.parseShard)
    var shard: Shard?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "New or empty folder; - writes a tar archive to standard output.", valueName: "folder"))
    var output: String

    func validate() throws {
        try validateLines()
        guard shard == nil || seedOption.seed != nil || texts.isGiven else {
            throw ValidationError("--shard needs --seed")
        }
        if !texts.isGiven { try validateDigits(format ?? .idx) }
        guard !output.isEmpty else { throw ValidationError("--output needs the name of a folder") }
        let kind = PathKind(output)
        guard FileSuffix(path: output) == .unknown || kind == .folder || kind == .stream else {
            throw ValidationError(
                "--output must be a folder, but '\(output)' is the name of a file; use --format and another "
                    + "name, '\(output)/', or --format tar -o - > \(TarDataSet.fileName)")
        }
    }

    /// Throws `ValidationError` for an option that a format of digits does not have.
    private func validateDigits(_ format: DataSetKind) throws {
        guard count != nil || format.isSplit else {
            throw ValidationError("--count is missing; name the number of images")
        }
        guard !balanced || format.isSplit else {
            throw ValidationError("--balanced needs --format mnist or npz; other formats are balanced")
        }
        guard !isGzipped || format.canBeCompressed else {
            throw ValidationError("--gz needs --format idx, mnist or npz")
        }
        guard lineDataSet.labels == nil || format == .png else {
            throw ValidationError("--labels csv needs --format png; other formats have their labels")
        }
        guard shards == nil || format == .tar else { throw ValidationError("--shards needs --format tar") }
        guard shards == nil || shard == nil else {
            throw ValidationError("--shard and --shards are mutually exclusive")
        }
        guard shard == nil || !format.isSplit else {
            throw ValidationError("--shard needs --format idx, png, npy or tar")
        }
    }

    func run() throws {
        guard !texts.isGiven else { return try runLines() }
        let format = format ?? .idx
        let job = try makeJob(format)
        var bar = ProgressBar(total: job.range.count)
        defer { bar.clear() }
        if let stream = try stream(format) {
            // A stream may block without limit and leaves no file behind, so signals end the process at once.
            return try job.stream(to: stream) { bar.update($0) }
        }
        if try job.isDone(path: output) {
            StagedFolder.removeLeftovers(in: output)
            StandardError.print("digitgen: '\(output)' already holds this data set")
            return
        }
        let stop = StopSignal()
        try job.run(path: output) { done in
            try stop.check()
            bar.update(done)
        }
    }

    /// The pipe or device that `--output` names; nil if it is a folder. Throws `DataSetJobError.needsFolder` if the
    /// format cannot be streamed, and `OutputError.cannotCreate`.
    func stream(_ format: DataSetKind) throws -> (any ByteSink)? {
        guard output == "-" || PathKind(output) == .stream else { return nil }
        guard format == .tar, shards == nil else {
            throw DataSetJobError.needsFolder(format: shards == nil ? format.rawValue : "--shards")
        }
        guard output == "-" else { return try NamedOutput.open(output) }
        guard Terminal(STDOUT_FILENO) == nil else {
            throw OutputError.cannotCreate(
                path: "standard output", reason: "refusing to write binary data to a terminal")
        }
        return DescriptorSink.standardOutput()
    }

    private func makeJob(_ format: DataSetKind) throws -> DataSetJob {
        let generator = try modelOptions.generator()
        let digits = digits ?? (generator.isConditional ? Digits(values: generator.classes) : nil)
        let handwriting = try hand.number(by: generator).map(Handwriting.style) ?? .perImage
        let request = DrawRequest(
            digits.map(DrawRequest.Content.inTurn) ?? .any, count: count ?? Self.mnistCount,
            handwriting: handwriting,
            vary: hand.vary?.fraction, isDiverse: hand.diverse,
            style: try hand.targets(), seed: seedOption.seed ?? DrawRequest.randomSeed(),
            model: modelOptions.model, finish: try Finish(finish, size: size))
        try request.validate(countLimit: DataSetJob.counts.upperBound)
        let labels = format.isSplit ? digits.map { splitLabels(of: $0, for: request) } : nil
        return DataSetJob(
            source: try DigitSource(request, by: generator, labels: labels, threads: nil),
            format: format.format(
                gzip: isGzipped, archives: shards, labelFile: lineDataSet.labels == .csv),
            shard: shard ?? .whole)
    }

    /// The number of MNIST's images in both parts.
    private static let mnistCount = 70_000

    private func splitLabels(of digits: Digits, for request: DrawRequest) -> SplitLabels {
        SplitLabels(
            digits: digits.values, proportions: balanced ? .balanced : .mnist, count: request.count,
            seed: request.seed ?? 0)
    }

    private static func parseDigits(_ text: String) throws -> Digits {
        guard let digits = try? Digits(text), Set(text.utf8).count == text.utf8.count else {
            throw ValidationError("expected digits from 0 to 9, each at most once, such as 0123456789 or 38")
        }
        return digits
    }

    private static func parseShard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError(
                "expected K/N with 1 ≤ K ≤ N ≤ \(Shard.allowedCounts.upperBound), such as 1/7")
        }
        return shard
    }
}

extension DataSetKind: ExpressibleByArgument {}
