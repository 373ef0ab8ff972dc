import DigitModel
import NeuralNetwork

/// Digits with the judge's features and classes.
package struct DigitSample {
    /// [N, pixels of an image], in −1…1.
    package let images: Tensor
    /// The digit that each image should be; nil if unknown.
    package let labels: [UInt8]?
    /// The judge's features, [N, size].
    package let features: Tensor
    /// The judge's class for each image.
    package let verdicts: [UInt8]

    /// - Parameters:
    ///   - pixels: images of MNIST's size, at least one.
    ///   - labels: as many as images, or nil.
    package init(pixels: [UInt8], labels: [UInt8]?, judge: DigitClassifier) {
        precondition(pixels.count.isMultiple(of: ImageSize.mnist.pixelCount))
        self.init(images: Tensor(pixels: pixels), labels: labels, judge: judge)
    }

    /// - Parameters:
    ///   - images: [N, pixels of an image], in −1…1; at least one.
    ///   - labels: as many as images, or nil.
    init(images: Tensor, labels: [UInt8]?, judge: DigitClassifier) {
        let count = images.batch
        precondition(labels.map { $0.count == count } ?? true)
        let features = Tensor(uninitialized: [count, DigitClassifier.featureCount])
        var verdicts: [UInt8] = []
        for start in stride(from: 0, to: count, by: 500) {
            let rows = start..<min(start + 500, count)
            let (part, logits) = judge(images.rows(rows))
            (features.pointer + start * features.rowSize).update(from: part.pointer, count: part.count)
            verdicts += DigitSample.largest(logits)
        }
        self.images = images
        self.labels = labels
        self.features = features
        self.verdicts = verdicts
    }

    package var count: Int { verdicts.count }

    /// The class of each image: its label or, without labels, the judge's verdict.
    var classes: [UInt8] { labels ?? verdicts }

    /// The features of the images that count as `digit`.
    func features(of digit: UInt8) -> Tensor {
        let rows = classes.indices.filter { classes[$0] == digit }
        let size = features.rowSize
        let result = Tensor(uninitialized: [rows.count, size])
        for (target, row) in rows.enumerated() {
            (result.pointer + target * size).update(from: features.pointer + row * size, count: size)
        }
        return result
    }

    /// A classifier's classes for images.
    static func verdicts(of images: Tensor, by classifier: DigitClassifier) -> [UInt8] {
        stride(from: 0, to: images.batch, by: 500).flatMap { start in
            largest(classifier(images.rows(start..<min(start + 500, images.batch))).logits)
        }
    }

    private static func largest(_ logits: Tensor) -> [UInt8] {
        (0..<logits.batch).map { row in
            let line = UnsafeBufferPointer(
                start: logits.pointer + row * logits.rowSize, count: logits.rowSize)
            var best = 0
            for index in line.indices where line[index] > line[best] { best = index }
            return UInt8(best)
        }
    }
}
