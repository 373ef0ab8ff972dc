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
        abstract: "Makes a labelled data set of any size.",
        discussion: """
            EXAMPLES:
              digitgen dataset --count 60000 -o synthetic
              digitgen dataset --count 10000 --digits 38 --format png -o threes-and-eights
              digitgen dataset --count 1000000 --seed 1 --shard 3/100 -o parts/3
              digitgen dataset --count 1000 --format tar -o - | tar t

            The labels go through the digits in turn. The files appear all together when they are complete, \
            and with them a manifest.json with all that is needed to make them again:
              idx   images-idx3-ubyte, labels-idx1-ubyte, as MNIST stores them
              png   <label>/<index>.png, a file for each image
              npy   images.npy, labels.npy
              tar   digits.tar with <index>.png and <index>.cls, as WebDataset reads it
            The parts 1/N to N/N of a data set, made anywhere from one seed, are together the whole: the \
            arrays and the archives joined in their order, the pictures in one folder. Every part is complete, \
            one without images, too, and can be read alone. 'cat' joins archives to the bytes of the whole; where \
            there are more parts than images, those after part count + 1 only add zeros, which readers pass over.

            Where the same data set is already, its files are read and compared with the manifest, and one that is \
            missing or has changed is named.
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many images in all.", valueName: "number"),
        transform: Numbers.within(DataSetJob.counts))
    var count: Int

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Which digits, each once. (default: all that the model draws)", valueName: "digits"),
        transform: DatasetCommand.parseDigits)
    var digits: DigitsArgument?

    @OptionGroup var seed: SeedOption

    @OptionGroup(title: "Model") var modelOptions: ModelOptions

    @Option(help: ArgumentHelp("How to store it.", valueName: "format"))
    var format = DataSetFormatName.idx

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Make only part K of N equal ones. Needs --seed.", valueName: "K/N"),
        transform: DatasetCommand.parseShard)
    var shard: Shard?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A new or empty folder; - writes a tar archive to standard output.", valueName: "folder"))
    var output: String

    func validate() throws {
        guard shard == nil || seed.seed != nil else {
            throw ValidationError("the parts of a data set must have one seed: give --seed with --shard")
        }
        guard !output.isEmpty else { throw ValidationError("--output needs the name of a folder") }
        let kind = PathKind(output)
        guard FileSuffix(path: output) == .unknown || kind == .folder || kind == .stream else {
            throw ValidationError(
                "'\(output)' is the name of a file, and --output names a folder; choose another name and say "
                    + "--format, or write '\(output)/' (into a file goes --format tar -o - > \(TarDataSet.fileName))"
            )
        }
    }

    func run() throws {
        let job = try makeJob()
        var bar = ProgressBar(total: job.range.count)
        defer { bar.clear() }
        if let stream = try stream() {
            // It may block for ever, and leaves no file behind: signals must not wait.
            return try job.stream(to: stream) { bar.update($0) }
        }
        if try job.isDone(path: output) {
            StagedFolder.removeLeftovers(in: output)
            StandardError.print("digitgen: '\(output)' holds this data set already")
            return
        }
        let interruption = Interruption()
        try job.run(path: output) { done in
            try interruption.check()
            bar.update(done)
        }
    }

    /// The pipe or device that `--output` names; nil when it is a folder. Throws `DataSetError.needsFolder` when the
    /// format has no room in one, and `ImagingError.cannotCreate`.
    private func stream() throws -> (any ByteSink)? {
        guard output == "-" || PathKind(output) == .stream else { return nil }
        guard format == .tar else { throw DataSetError.needsFolder(format: format.rawValue) }
        guard output == "-" else { return try NamedOutput.open(output) }
        guard Terminal(STDOUT_FILENO) == nil else {
            throw ImagingError.cannotCreate(
                path: "standard output", reason: "it is a terminal, which cannot show these bytes")
        }
        return DescriptorSink.standardOutput()
    }

    private func makeJob() throws -> DataSetJob {
        let generator = try modelOptions.generator()
        guard generator.isConditional || digits == nil else {
            throw DigitGeneratorError.unconditional(
                model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        let digits = digits?.values ?? generator.classes
        try generator.requireKnown(digits)
        let seed = seed.resolved()
        let source = try DigitSource(
            generator, choice: generator.isConditional ? .cycle(digits) : .any, seed: seed,
            threads: nil)
        let provenance = Provenance(
            generator: generator, seed: seed,
            digits: generator.isConditional ? digits.map(String.init).joined() : nil, count: count)
        return DataSetJob(
            source: source, provenance: provenance, format: format.format, shard: shard ?? .whole)
    }

    private static func parseDigits(_ text: String) throws -> DigitsArgument {
        guard let digits = DigitsArgument(text), Set(digits.values).count == digits.values.count else {
            throw ValidationError("name each digit from 0 to 9 once at most, such as 0123456789 or 38")
        }
        return digits
    }

    private static func parseShard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError(
                "write K/N with 1 ≤ K ≤ N ≤ \(Shard.allowedCounts.upperBound), such as 1/7")
        }
        return shard
    }
}

/// The value of `--format`.
enum DataSetFormatName: String, CaseIterable, ExpressibleByArgument {
    case idx, png, npy, tar

    var format: any DataSetFormat {
        switch self {
        case .idx: .idx
        case .png: .png
        case .npy: .npy
        case .tar: .tar
        }
    }
}
