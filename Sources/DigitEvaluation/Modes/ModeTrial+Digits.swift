import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork

extension ModeTrial {
    /// The digits to learn, and what judges generated ones.
    package struct Digits {
        let data: DataSet
        private let judge: DigitClassifier
        /// Of real digits' features.
        private let manifold: SampleManifold

        /// The most digits that the manifold is made of.
        private static let manifoldCount = 10_000
        /// As in the figures of `evaluate`.
        private static let neighbours = 5
        private static let batchSize = 500

        /// - Parameter data: at least six digits.
        package init(_ data: DataSet, judge: Judge, parallel: Parallel) {
            self.data = data
            self.judge = judge.classifier
            let images = Tensor(
                pixels: Array(data.images.prefix(Digits.manifoldCount * ImageSize.mnist.pixelCount)))
            manifold = SampleManifold(
                Digits.features(of: images, by: self.judge), neighbours: Digits.neighbours,
                parallel: parallel)
        }

        /// A verdict on each of N images, [N, pixels], in −1…1.
        func verdicts(of images: Tensor) -> [DigitVerdict] {
            Digits.batches(of: images).flatMap { batch in
                let (features, logits) = judge(batch)
                return zip(DigitSample.largest(logits), manifold.contains(features)).map {
                    DigitVerdict(digit: $0, looksReal: $1)
                }
            }
        }

        private static func features(of images: Tensor, by judge: DigitClassifier) -> Tensor {
            Tensor.concatenated(batches(of: images).map { judge($0).features })
        }

        private static func batches(of images: Tensor) -> [Tensor] {
            stride(from: 0, to: images.batch, by: batchSize).map {
                images.rows($0..<min($0 + batchSize, images.batch))
            }
        }
    }
}
