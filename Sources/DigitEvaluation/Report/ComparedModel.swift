import DigitTraining
import DigitImaging
import WeightBundle

/// One model of a comparison.
package struct ComparedModel: Sendable {
    package let name: ModelName
    /// How its run was started, and how that went; nil for weights whose run is not at hand.
    package let run: (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])?
    package let quality: Evaluation.Row
    /// 784 pixels each, ten of each digit in turn if the model can be told, otherwise as they come: 100 in all.
    package let digits: [UInt8]
    /// Bytes of the bundle.
    package let bundleSize: Int

    package init(
        name: ModelName, run: (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])?,
        quality: Evaluation.Row, digits: [UInt8], bundleSize: Int
    ) {
        self.name = name
        self.run = run
        self.quality = quality
        self.digits = digits
        self.bundleSize = bundleSize
    }

    /// The first hundred of some digits; where they have labels, the first ten of each label in turn.
    package static func hundred(of digits: Evaluation.Digits) -> [UInt8] {
        guard let labels = digits.labels else { return Array(digits.pixels.prefix(100 * 784)) }
        return (UInt8(0)..<10).flatMap { digit in
            labels.indices.lazy.filter { labels[$0] == digit }.prefix(10).flatMap {
                digits.pixels[$0 * 784..<($0 + 1) * 784]
            }
        }
    }

    var metrics: QualityMetrics { quality.quality }

    /// Whether it draws the digit that it is told.
    var isConditional: Bool { name.architecture.isConditional }

    /// Seconds that training took; nil without a run.
    var trainingSeconds: Double? {
        run.map { $0.epochs.reduce(0) { $0 + $1.seconds } }
    }
}

extension HTML {
    /// 28 × 28 digits in rows of ten, at twice their size.
    static func grid(of digits: [UInt8], text: String) throws(ImagingError) -> HTML {
        let size = try ImageStack.Size(width: 28, height: 28)
        let stack = try ImageStack(size: size, pixels: digits)
        let picture = try GridLayout(columns: 10).picture(of: stack)
        var encoder = try PNGEncoder()
        return image(
            png: try encoder.encode(picture), width: picture.width * 2, height: picture.height * 2, text: text
        )
    }
}
