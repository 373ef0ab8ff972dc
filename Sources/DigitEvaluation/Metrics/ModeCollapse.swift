import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork

/// Mode collapse by two thresholds: whether a generator leaves out classes, or draws each class too uniformly.
package struct ModeCollapse: Sendable, Equatable {
    /// The share below which a digit counts as lost; an even share is 0.1.
    package static let leastClassShare = 0.05
    /// The spread of features, relative to real digits, below which a class counts as collapsed.
    package static let leastDiversity = 0.7

    /// The digits whose share is below the threshold.
    package let lostClasses: [Int]
    /// The spread of features within classes, relative to real digits'.
    package let diversity: Double
    /// True if the digits within classes are too alike.
    package var lacksDiversity: Bool { diversity < ModeCollapse.leastDiversity }

    /// - Parameter realShares: the shares among real digits; digits that are rare there do not count as lost.
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

    /// A line for each finding.
    package var warnings: [String] {
        var lines: [String] = []
        if !lostClasses.isEmpty {
            lines.append(
                "warning: mode collapse: fewer than \(percent(ModeCollapse.leastClassShare)) each of "
                    + lostClasses.map(String.init).joined(separator: ", "))
        }
        if lacksDiversity {
            lines.append(
                "warning: mode collapse: digits of a class are too alike: their features spread "
                    + "\(percent(diversity)) as far as those of real digits, below \(percent(ModeCollapse.leastDiversity))"
            )
        }
        return lines
    }
}

/// Warns of mode collapse while a model trains.
///
/// With a judge, it measures the share of each class and the spread of its features. Without one, it measures the
/// distance from each image to its nearest neighbour.
package struct CollapseWatch: TrainingWatch {
    package let sampleCount = 1_000

    private let judge: Judge?
    private let reference: DigitSample?
    private let realImages: [UInt8]
    private let realShares: [Double]
    private let parallel: Parallel

    /// - Parameters:
    ///   - judge: a trained judge; nil to go by pixels.
    ///   - data: real images; the first 5,000 are the reference.
    package init(judge: Judge?, data: DataSet, parallel: Parallel) {
        let count = min(5_000, data.count)
        let pixels = Array(data.images.prefix(count * ImageSize.mnist.pixelCount))
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

    /// Compares sets of equal size: among more images the nearest is nearer.
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
