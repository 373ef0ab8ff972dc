import DigitDataSets
import DigitGen
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// The digits that `evaluate` measures: drawn from a bundle, drawn by a run's float32 generator, or read from files.
package struct EvaluationSubject {
    package let digits: Evaluation.Digits
    /// For the classification accuracy score; nil without labels or if not asked for.
    package let classification: Evaluation.Digits?
    /// Pixels for the two-sample test; nil if not asked for.
    package let twoSample: [UInt8]?
    /// Of a bundle whose generator has hands.
    package private(set) var hands: HandMetrics?

    /// - Parameters:
    ///   - file: a bundle (recognised by zstd's magic number), a run's directory, a folder of labelled digits, or an
    ///     IDX or NPY file of images.
    ///   - labels: the file of the images' labels; only with a file of images.
    ///   - twoSampleLabels: of the real digits in the two-sample test, under which a conditional generator draws;
    ///     nil to leave the test out.
    ///   - seed: of the digits drawn. A bundle and the run that it was made of get the same latents.
    /// - Throws: `DataSetError`, `DigitGeneratorError`, `RunError` or `EvaluationError`.
    package init(
        file: String, labels: String?, seed: UInt64, withClassification: Bool,
        twoSampleLabels: [UInt8]? = nil, parallel: Parallel = Parallel()
    ) throws {
        if RunDirectory.holdsRun(file) {
            guard labels == nil else { throw EvaluationError.labelsOfBundle(file: file) }
            let finished = try FinishedGenerator.load(run: file, parallel: parallel)
            self.init(
                drawnBy: try DigitDrawer(finished, parallel: parallel), seed: seed,
                withClassification: withClassification, twoSampleLabels: twoSampleLabels)
            return
        }
        if FileStatus.isFolder(file) {
            guard labels == nil else { throw EvaluationError.labelsOfFolder(folder: file) }
            let digits = try DataFolder(file).all()
            try self.init(
                Evaluation.Digits(pixels: digits.images, labels: digits.labels), of: file,
                withClassification: withClassification, withTwoSample: twoSampleLabels != nil)
            return
        }
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(file, limit: DataSet.fileLimit) } catch {
            throw DataSetError.unreadable(error)
        }
        if FileKind(of: bytes) == .zstd {
            guard labels == nil else { throw EvaluationError.labelsOfBundle(file: file) }
            let generator = try DigitGenerator(bytes: bytes, source: file)
            self.init(
                drawnBy: DigitDrawer(generator, threads: parallel.threads), seed: seed,
                withClassification: withClassification, twoSampleLabels: twoSampleLabels)
            hands = HandMetrics(of: generator, parallel: parallel)
            return
        }
        let digits: Evaluation.Digits
        if let labels {
            let data = try DataSet.load(images: file, labels: labels)
            digits = Evaluation.Digits(pixels: data.images, labels: data.labels)
        } else {
            digits = Evaluation.Digits(pixels: try LabelledDigits.images(file), labels: nil)
        }
        try self.init(
            digits, of: file, withClassification: withClassification, withTwoSample: twoSampleLabels != nil)
    }

    /// Digits read from `file`.
    private init(_ digits: Evaluation.Digits, of file: String, withClassification: Bool, withTwoSample: Bool)
        throws
    {
        guard digits.count >= Evaluation.fewestDigits else {
            throw EvaluationError.tooFewDigits(
                file: file, count: digits.count, needed: Evaluation.fewestDigits)
        }
        self.init(
            digits: digits, classification: withClassification && digits.labels != nil ? digits : nil,
            twoSample: withTwoSample ? digits.pixels : nil)
    }

    /// Digits drawn by a model that is in no file yet.
    ///
    /// - Parameter classes: the digits that it has learnt.
    package init(
        _ model: QuantizedModel, classes: [UInt8], seed: UInt64, withClassification: Bool, parallel: Parallel
    ) {
        self.init(
            drawnBy: DigitDrawer(model, classes: classes, threads: parallel.threads), seed: seed,
            withClassification: withClassification)
    }

    /// Digits drawn by a model of a comparison.
    package init(_ bundle: ComparedBundle, seed: UInt64, withClassification: Bool, parallel: Parallel) {
        self.init(
            drawnBy: DigitDrawer(bundle.generator, threads: parallel.threads), seed: seed,
            withClassification: withClassification)
    }

    private init(
        drawnBy drawer: DigitDrawer, seed: UInt64, withClassification: Bool, twoSampleLabels: [UInt8]? = nil
    ) {
        let end = Evaluation.sampleCount
        digits = EvaluationSubject.draw(drawer, 0..<end, seed: seed)
        classification =
            withClassification && drawer.isConditional
            ? EvaluationSubject.draw(drawer, end..<end + Evaluation.classificationCount, seed: seed) : nil
        twoSample = twoSampleLabels.map { labels in
            drawer.pixels(
                labels.prefix(TwoSampleTest.count).enumerated().map { index, label in
                    ImageKey(seed: seed, index: UInt64(index), label: label)
                })
        }
    }

    private init(digits: Evaluation.Digits, classification: Evaluation.Digits?, twoSample: [UInt8]?) {
        self.twoSample = twoSample
        self.digits = digits
        self.classification = classification
    }

    private static func draw(
        _ drawer: DigitDrawer, _ indices: Range<Int>, seed: UInt64
    ) -> Evaluation.Digits {
        let keys = ImageKey.inTurn(indices, seed: seed, digits: drawer.classes)
        return Evaluation.Digits(
            pixels: drawer.pixels(keys), labels: drawer.isConditional ? keys.map(\.label) : nil,
            ink: drawer.ink?(keys))
    }
}

/// The reason why digits cannot be evaluated.
package enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Labels were given for a bundle or a run, whose digits have the labels they are drawn under.
    case labelsOfBundle(file: String)
    /// Labels were given for a folder of digits, which has its own.
    case labelsOfFolder(folder: String)
    /// The file holds too few images.
    case tooFewDigits(file: String, count: Int, needed: Int)
    /// A bundle named after one model is of another.
    case otherModel(file: String, found: String, expected: String)
    /// A figure is no number that can be recorded.
    case notFinite(name: String, value: Double)

    package var description: String {
        switch self {
        case .labelsOfBundle(let file):
            "--labels does not apply to a generator; \(file) draws labelled digits"
        case .labelsOfFolder(let folder):
            "--labels does not apply to a folder; \(folder) contains its labels"
        case .tooFewDigits(let file, let count, let needed):
            "\(file) has \(count) digits; an evaluation needs at least \(needed)"
        case .notFinite(let name, let value):
            "\(name) is \(value); only finite figures can be recorded"
        case .otherModel(let file, let found, let expected):
            "\(file) contains \(found) instead of this program's \(expected), as its name says; "
                + "rename it, or choose another folder with --weights"
        }
    }
}

/// A source of digits to be measured.
private struct DigitDrawer {
    /// True if it draws the digit that is asked for.
    let isConditional: Bool
    /// The digits that it has learnt.
    let classes: [UInt8]
    /// The images of some keys, one after the other.
    let pixels: ([ImageKey]) -> [UInt8]
    /// The ink of some keys' images; nil for a generator of pixels.
    var ink: (([ImageKey]) -> InkTopology.Bitmaps)?

    /// The runtime's int8 generator.
    init(_ generator: DigitGenerator, threads: Int) {
        isConditional = generator.isConditional
        classes = generator.classes
        pixels = { generator.render($0, threads: threads) }
        ink = InkTopology.Bitmaps.drawing(generator.plan, threads: threads)
    }

    /// The runtime's int8 layers, before they are in a bundle.
    init(_ model: QuantizedModel, classes: [UInt8], threads: Int) {
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        isConditional = model.architecture.isConditional
        self.classes = classes
        pixels = { plan.pixels($0, threads: threads) }
        ink = InkTopology.Bitmaps.drawing(plan, threads: threads)
    }

    /// A run's float32 generator with the runtime's latents, to show the cost of quantization.
    ///
    /// - Throws: `QuantizationError` for a generator whose numbers are not finite.
    init(_ run: FinishedGenerator, parallel: Parallel) throws(QuantizationError) {
        let generator = try FloatGenerator(run.generator, parallel: parallel)
        isConditional = run.generator.architecture.isConditional
        classes = run.configuration.classes
        pixels = { generator.draw($0) }
        guard run.generator.architecture.drawsInk else { return }
        ink = { InkTopology.Bitmaps(fields: generator.fields($0), parallel: parallel) }
    }
}

extension InkTopology.Bitmaps {
    /// What draws the ink of keys with `plan`; nil if that draws pixels.
    static func drawing(_ plan: InferencePlan, threads: Int) -> (([ImageKey]) -> InkTopology.Bitmaps)? {
        guard plan.architecture.drawsInk else { return nil }
        return { keys in
            let size = plan.imageSize
            let stride = InferencePlan.fieldCount / size.height
            let fields = Tensor(uninitialized: [keys.count, size.height, size.width])
            plan.run(keys, threads: threads) { index, sums in
                let field = fields.pointer + index * fields.rowSize
                for row in 0..<size.height {
                    for column in 0..<size.width {
                        field[row * size.width + column] = Float(sums[row * stride + column])
                    }
                }
            }
            return InkTopology.Bitmaps(fields: fields, parallel: Parallel(threads: threads))
        }
    }

    /// The ink of fields [N, those of an image].
    init(fields: Tensor, parallel: Parallel) {
        let enlargement = FieldEnlargement.finishing
        self.init(
            side: enlargement.enlargedSide, values: enlargement.enlarged(fields, parallel: parallel).elements)
    }
}

extension EvaluationError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .labelsOfBundle, .labelsOfFolder: .usage
        case .tooFewDigits, .otherModel, .notFinite: .badData
        }
    }
}
