/// Looks out for mode collapse while a model trains.
///
/// With a judge, it counts what 1,000 digits are taken for and how far each class's features spread. Without
/// one, it compares how far the images themselves lie apart with how far real ones do: a generator that draws few
/// kinds of digits, or the same ones again and again, draws images that are too alike.
package struct CollapseWatch {
    /// Digits that are drawn for a look.
    package static let sampleCount = 1_000
    /// Images whose mean squared distance from their mean is less than this share of real ones' are too alike.
    package static let leastPixelSpread = 0.7

    private let judge: Judge?
    private let reference: DigitSample?
    private let realSpread: Double

    /// - Parameters:
    ///   - judge: a judge that was trained before; nil to go by pixels.
    ///   - data: real images, of which the first 5,000 are compared with.
    package init(judge: Judge?, data: DataSet) {
        let count = min(5_000, data.count)
        let pixels = Array(data.images.prefix(count * 784))
        self.judge = judge
        reference = judge.map {
            DigitSample(pixels: pixels, labels: Array(data.labels.prefix(count)), judge: $0.classifier)
        }
        realSpread = Self.spread(pixels)
    }

    /// What there is to warn of in 784 pixels an image, meant to be of `labels` if the model can be told.
    package func warnings(pixels: [UInt8], labels: [UInt8]?) -> [String] {
        guard let judge, let reference else {
            let share = Self.spread(pixels) / max(realSpread, .leastNormalMagnitude)
            guard share < Self.leastPixelSpread else { return [] }
            return [
                "warning: mode collapse: images are too alike: they spread \(percent(share)) as far as real ones, "
                    + "below \(percent(Self.leastPixelSpread))"
            ]
        }
        let sample = DigitSample(pixels: pixels, labels: labels, judge: judge.classifier)
        return ModeCollapse(
            classShares: QualityMetrics.classShares(sample),
            withinClassDiversity: QualityMetrics.diversity(sample, reference)
        ).warnings
    }

    /// The mean squared distance of images from their mean, pixels in 0…1.
    private static func spread(_ pixels: [UInt8]) -> Double {
        let count = pixels.count / 784
        var (sums, squares) = ([Int](repeating: 0, count: 784), 0)
        for image in 0..<count {
            for index in 0..<784 {
                let pixel = Int(pixels[image * 784 + index])
                sums[index] += pixel
                squares += pixel * pixel
            }
        }
        let mean = sums.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(count, 1))
        return (Double(squares) - mean) / Double(max(count, 1)) / (255 * 255)
    }
}
