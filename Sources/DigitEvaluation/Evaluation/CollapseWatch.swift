import NeuralNetwork
import DigitTraining

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
