import DigitGen
import DigitImaging
import DigitService

/// What a command line asks to be drawn and where to put it, whoever read it; the defaults are those of the options.
///
/// Plain values, unlike the options themselves: to make a command takes as long as to draw a hundred digits.
struct Drawing {
    var digits: DigitsArgument?
    var count: Int?
    var seed: UInt64?
    var handwriting = Handwriting()
    var model = ModelChoice.default
    var output = Output()

    /// The values of `HandwritingOptions`.
    struct Handwriting {
        var style: UInt64?
        var vary: VaryArgument?
        var morph: MorphArgument?
        var sheet = false
    }

    /// The values of `OutputOptions`.
    struct Output {
        var path: String?
        var format = FileFormat.standard
        var columns: Int?
        var scale: Int?
        var filter: ScaleFilter?
        var padding: Int?
        var invert = false
        var background: GridLayout.Background?
        var preview: PreviewKind?

        /// How the images are arranged; `columns` where the command line does not say. Throws `ImagingError.layout`,
        /// but only for values that parsing lets through.
        func layout(columns: Int?, labels: GridLabels?) throws(ImagingError) -> GridLayout {
            try GridLayout(
                columns: self.columns ?? columns, scale: scale ?? 1, filter: filter ?? .smooth,
                padding: padding ?? 0, invert: invert, background: background ?? .solid, labels: labels)
        }
    }

    func run() throws {
        let generator = try model.generator()
        if case .weights(let file) = model, let path = output.path, FileStatus.areSame(file, path) {
            throw UsageError(message: "'\(path)' is the model's file; write to another")
        }
        let seed = seed ?? FreshSeed.draw()
        let subject = try Subject(
            digits: digits, count: count, handwriting: handwriting, seed: seed, generator: generator)
        let source = try DigitSource(
            generator, choice: subject.choice, handwriting: subject.handwriting, seed: seed,
            threads: nil)
        let layout = try output.layout(columns: subject.columns, labels: subject.labels)
        let destination = Destination(output: output.path, preview: output.preview)
        if case .terminal(let terminal, let kind) = destination {
            let command = Reproduction(drawing: self, subject: subject, seed: seed).text
            try Preview(
                kind: kind, terminal: terminal, layout: layout, fitsColumns: output.columns == nil,
                isScaled: output.scale != nil
            ).show(source, count: subject.count, command: command)
            return
        }
        let provenance = Provenance(
            generator: generator, seed: seed, digits: digits?.text, count: subject.count,
            handwriting: subject.handwriting, choice: subject.choice)
        let job = ImageJob(
            count: subject.count, size: source.size, layout: layout, texts: try provenance.texts())
        let files = try OutputFiles(
            destination: destination, format: output.format.format, job: job,
            labelsPerImage: source.labelsPerImage)
        try files.write(source)
    }
}
