import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork

/// Measures digits against the test images. Real training images give the limit of what can be reached.
package struct Evaluation {
    /// The number of digits that are measured.
    package static let sampleCount = 10_000
    /// The fewest digits that make a distribution and train a judge.
    static let fewestDigits = 1_000
    /// The number of digits that the classifier of the classification accuracy score learns from.
    package static let classificationCount = 60_000

    /// Metrics of one set of digits.
    package struct Row: Sendable, Equatable {
        package var quality: QualityMetrics
        /// Classification accuracy score (Ravuri and Vinyals 2019): accuracy on the test images of a classifier that
        /// learnt from these digits alone; nil if not asked for.
        package var classificationAccuracy: Double?
        /// The part of the digits whose box is exactly 20 pixels long, as MNIST's preprocessing makes it.
        package var fullLengthShare: Double?
        /// Of the ink at its own resolution, or of images of pixels cut at the middle of the levels.
        package var topology: InkTopology?
        /// How well networks tell these digits from real ones; nil if not asked for.
        package var twoSample: TwoSampleTest.Accuracies?
        /// Of the generator's hands; nil for digits without.
        package var hands: HandMetrics?
    }

    /// Digits to be measured: images of MNIST's size, and the digits that they are meant to be.
    package struct Digits {
        package var pixels: [UInt8]
        package var labels: [UInt8]?
        /// The ink that the images were made of; nil for images that are only pixels.
        package var ink: InkTopology.Bitmaps?

        var count: Int { pixels.count / ImageSize.mnist.pixelCount }

        package init(pixels: [UInt8], labels: [UInt8]?, ink: InkTopology.Bitmaps? = nil) {
            self.pixels = pixels
            self.labels = labels
            self.ink = ink
        }
    }

    private let judge: Judge
    private let training: DataSet
    private let trainingImages: Tensor
    private let reference: DigitSample
    private let parallel: Parallel

    package init(judge: Judge, data: EvaluationData, parallel: Parallel) {
        let (training, test) = (data.training, data.test)
        self.judge = judge
        self.training = training
        self.parallel = parallel
        trainingImages = Tensor(pixels: training.images)
        reference = DigitSample(pixels: test.images, labels: test.labels, judge: judge.classifier)
    }

    /// The judge's accuracy on the test images, whose labels it has never seen.
    package var judgeAccuracy: Double {
        guard let labels = reference.labels else { return 0 }
        return QualityMetrics.agreement(reference.verdicts, labels)
    }

    private static let leastJudgeAccuracy = 0.9

    /// A warning about a judge of low accuracy; nil for a good one.
    package var judgeWarning: String? {
        guard judgeAccuracy < Evaluation.leastJudgeAccuracy else { return nil }
        return
            "warning: the judge classifies only \(percent(judgeAccuracy)) of the test images correctly, below "
            + "\(percent(Evaluation.leastJudgeAccuracy)), so its figures mean little; if there are enough data for a "
            + "better one, delete it from the cache to train it again"
    }

    /// Measures digits.
    ///
    /// - Parameters:
    ///   - digits: at least 1,000 of them.
    ///   - classification: digits to learn from for the classification accuracy score; nil to leave it out.
    ///   - twoSample: digits for the two-sample test against the training images; nil to leave it out.
    package func measure(_ digits: Digits, classification: Digits?, twoSample: [UInt8]? = nil) -> Row {
        let sample = DigitSample(pixels: digits.pixels, labels: digits.labels, judge: judge.classifier)
        let quality = QualityMetrics(
            of: sample, reference: reference, training: trainingImages, parallel: parallel)
        return Row(
            quality: quality, classificationAccuracy: classification.flatMap(classificationAccuracy),
            fullLengthShare: Self.fullLengthShare(digits.pixels),
            topology: InkTopology(
                of: digits.ink ?? InkTopology.Bitmaps(pixels: digits.pixels), labels: digits.labels),
            twoSample: twoSample.map {
                TwoSampleTest(parallel: parallel).accuracies(training.images, $0)
            })
    }

    /// Measures a subject, with real digits beside it.
    package func report(of subject: EvaluationSubject) -> EvaluationReport {
        var generated = measure(
            subject.digits, classification: subject.classification, twoSample: subject.twoSample)
        generated.hands = subject.hands
        return EvaluationReport(
            generated: generated,
            real: measureReal(
                withClassification: subject.classification != nil, withTwoSample: subject.twoSample != nil),
            judgeAccuracy: judgeAccuracy)
    }

    /// Measures the first real training images. Their nearest neighbours are searched among the other training images
    /// only, for each image is its own nearest neighbour.
    ///
    /// - Parameters:
    ///   - withClassification: whether to train for the classification accuracy score, on as many images as of a model.
    ///   - withTwoSample: whether the two-sample test is made, of one half against the other.
    package func measureReal(withClassification: Bool, withTwoSample: Bool = false) -> Row {
        let count = min(Evaluation.sampleCount, training.count / 2)
        let sample = DigitSample(
            pixels: Array(training.images.prefix(count * ImageSize.mnist.pixelCount)),
            labels: Array(training.labels.prefix(count)),
            judge: judge.classifier)
        let quality = QualityMetrics(
            of: sample, reference: reference, training: trainingImages.rows(count..<training.count),
            parallel: parallel)
        return Row(
            quality: quality,
            classificationAccuracy: withClassification ? classificationAccuracy(realClassification) : nil,
            fullLengthShare: Self.fullLengthShare(training.images),
            topology: InkTopology(of: InkTopology.Bitmaps(pixels: training.images), labels: training.labels),
            twoSample: withTwoSample ? TwoSampleTest(parallel: parallel).control(training.images) : nil,
            hands: .people)
    }

    /// Training images for the classification accuracy score.
    private var realClassification: Digits {
        let count = min(Evaluation.classificationCount, training.count)
        return Digits(
            pixels: Array(training.images.prefix(count * ImageSize.mnist.pixelCount)),
            labels: Array(training.labels.prefix(count)))
    }

    /// The part of the images, of MNIST's size, whose box of levels above 0 is as long as MNIST's preprocessing makes
    /// it.
    static func fullLengthShare(_ pixels: [UInt8]) -> Double {
        let size = ImageSize.mnist
        let count = pixels.count / size.pixelCount
        let fullLength = (0..<count).count { image in
            var (top, bottom, left, right) = (size.height, -1, size.width, -1)
            for index in 0..<size.pixelCount where pixels[image * size.pixelCount + index] > 0 {
                let (row, column) = index.quotientAndRemainder(dividingBy: size.width)
                (top, bottom) = (min(top, row), row)
                (left, right) = (min(left, column), max(right, column))
            }
            return max(bottom - top, right - left) + 1 == BoxResampling.side
        }
        return Double(fullLength) / Double(max(count, 1))
    }

    private func classificationAccuracy(_ digits: Digits) -> Double? {
        guard let labels = digits.labels, let truth = reference.labels else { return nil }
        var settings = Judge.training
        settings.epochs = max(1, settings.epochs / 2)
        let classifier = settings.train(images: digits.pixels, labels: labels, parallel: parallel)
        return QualityMetrics.agreement(DigitSample.verdicts(of: reference.images, by: classifier), truth)
    }
}

/// Training and test images for an evaluation.
package struct EvaluationData: Sendable {
    /// The images that judge and generators learnt from.
    package let training: DataSet
    /// The images that generated digits are compared with.
    package let test: DataSet

    /// Loads both halves.
    ///
    /// - Throws: `DataSetError`, `EvaluationError.tooFewDigits`.
    package static func load(directory: String) throws -> EvaluationData {
        EvaluationData(training: try half(.train, of: directory), test: try half(.test, of: directory))
    }

    private static func half(_ split: DataSet.Split, of directory: String) throws -> DataSet {
        let data = try DataSet.load(directory: directory, split: split)
        guard data.count >= Evaluation.fewestDigits else {
            throw EvaluationError.tooFewDigits(
                file: "\(directory): \(split.rawValue)", count: data.count, needed: Evaluation.fewestDigits)
        }
        return data
    }
}
