import DigitTraining
import NeuralNetwork

/// Whether a generator leaves out part of what it learnt from, by two stated thresholds.
package struct ModeCollapse: Sendable, Equatable {
    /// A digit rarer than this among the generated ones counts as lost (an even share is 0.1).
    package static let leastClassShare = 0.05
    /// Features that spread less than this share of real digits' spread count as collapsed.
    package static let leastDiversity = 0.7

    /// The digits whose share is below the threshold.
    package let lostClasses: [Int]
    /// How far features within classes spread, relative to real digits'.
    package let diversity: Double
    /// Whether the digits within classes are too alike.
    package var lacksDiversity: Bool { diversity < ModeCollapse.leastDiversity }

    /// - Parameter realShares: the same of real digits; those that are as rare among them are not missed.
    package init(classShares: [Double], realShares: [Double]? = nil, withinClassDiversity: Double) {
        func isRare(_ share: Double) -> Bool { share < ModeCollapse.leastClassShare }
        lostClasses = classShares.indices.filter { digit in
            isRare(classShares[digit]) && !(realShares.map { isRare($0[digit]) } ?? false)
        }
        diversity = withinClassDiversity
    }

    package init(_ metrics: QualityMetrics, real: QualityMetrics) {
        self.init(
            classShares: metrics.classShares, realShares: real.classShares,
            withinClassDiversity: metrics.withinClassDiversity)
    }

    /// What was found, a line each; none if all is well.
    package var warnings: [String] {
        var lines: [String] = []
        if !lostClasses.isEmpty {
            lines.append(
                "warning: mode collapse: of \(lostClasses.map(String.init).joined(separator: ", ")) "
                    + "there are fewer than \(percent(ModeCollapse.leastClassShare))")
        }
        if lacksDiversity {
            lines.append(
                "warning: mode collapse: digits of a class are too alike: their features spread "
                    + "\(percent(diversity)) as far as real ones', below \(percent(ModeCollapse.leastDiversity))"
            )
        }
        return lines
    }
}

/// Looks out for mode collapse while a model trains.
///
/// With a judge, it counts what 1,000 digits are taken for and how far each class's features spread. Without
/// one, it goes by how far each image is from the one nearest to it.
package struct CollapseWatch: TrainingWatch {
    package let sampleCount = 1_000

    private let judge: Judge?
    private let reference: DigitSample?
    private let realImages: [UInt8]
    private let realShares: [Double]
    private let parallel: Parallel

    /// - Parameters:
    ///   - judge: a judge that was trained before; nil to go by pixels.
    ///   - data: real images, of which the first 5,000 are compared with.
    package init(judge: Judge?, data: DataSet, parallel: Parallel) {
        let count = min(5_000, data.count)
        let pixels = Array(data.images.prefix(count * 784))
        self.judge = judge
        self.parallel = parallel
        reference = judge.map {
            DigitSample(pixels: pixels, labels: Array(data.labels.prefix(count)), judge: $0.classifier)
        }
        realImages = pixels
        realShares = (UInt8(0)..<10).map { digit in
            Double(data.labels.count { $0 == digit }) / Double(max(data.count, 1))
        }
    }

    package func warnings(pixels: [UInt8], labels: [UInt8]?) -> [String] {
        guard let judge, let reference else {
            return pixelWarnings(pixels)
        }
        let sample = DigitSample(pixels: pixels, labels: labels, judge: judge.classifier)
        return ModeCollapse(
            classShares: QualityMetrics.classShares(sample),
            realShares: realShares,
            withinClassDiversity: QualityMetrics.diversity(sample, reference)
        ).warnings
    }

    /// By as many images as there are on both sides: among more, the nearest is nearer.
    private func pixelWarnings(_ pixels: [UInt8]) -> [String] {
        let count = min(pixels.count, realImages.count)
        let real = PixelDiversity(Array(realImages.prefix(count)), parallel: parallel)
        guard let ratio = PixelDiversity(Array(pixels.prefix(count)), parallel: parallel).ratio(to: real),
            ratio < PixelDiversity.leastRatio
        else { return [] }
        return [
            "warning: mode collapse: images are too alike: the nearest other one is \(percent(ratio)) as far as among "
                + "real ones, below \(percent(PixelDiversity.leastRatio))"
        ]
    }
}
