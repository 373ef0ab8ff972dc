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

        /// - Parameter data: at least six digits.
        package init(_ data: DataSet, judge: Judge, parallel: Parallel) {
            self.data = data
            self.judge = judge.classifier
            let pixels = data.images.prefix(Digits.manifoldCount * ImageSize.mnist.pixelCount)
            let sample = DigitSample(pixels: Array(pixels), labels: nil, judge: self.judge)
            manifold = SampleManifold(
                sample.features, neighbours: SampleManifold.standardNeighbours, parallel: parallel)
        }

        /// A verdict on each of N images, [N, pixels], in −1…1.
        func verdicts(of images: Tensor) -> [DigitVerdict] {
            let sample = DigitSample(images: images, labels: nil, judge: judge)
            return zip(sample.verdicts, manifold.contains(sample.features)).map {
                DigitVerdict(digit: $0, looksReal: $1)
            }
        }
    }
}
