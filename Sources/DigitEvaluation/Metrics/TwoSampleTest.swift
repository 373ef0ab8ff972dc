import DigitModel
import NeuralNetwork

/// A classifier two-sample test (Lopez-Paz and Oquab 2017): how often a network that has learnt to tell two sets of
/// digits apart is right about digits of theirs that it has not seen. Half of the time means that it cannot.
package struct TwoSampleTest: Sendable {
    /// Accuracies of two networks on held-out digits.
    package struct Accuracies: Sendable, Equatable {
        /// Of one that sees gray levels, and the highest ones enlarged: MNIST's preprocessing leaves its traces there.
        package var gray: Double
        /// Of one that sees black and white, and so judges shapes alone.
        package var blackAndWhite: Double
    }

    /// The most digits of each side.
    package static let count = 60_000
    /// One digit in so many is held out.
    private static let heldOutFraction = 10

    private let pixelCount = ImageSize.mnist.pixelCount
    var training = ClassifierTraining(epochs: 6, peakRate: 1e-3, seed: 54)
    let parallel: Parallel

    package init(parallel: Parallel) {
        self.parallel = parallel
    }

    /// Compares two sets of digits of MNIST's size. From the larger one as many are taken as the other has.
    func accuracies(_ first: [UInt8], _ second: [UInt8]) -> Accuracies {
        Accuracies(
            gray: accuracy(first, second, .highLevels), blackAndWhite: accuracy(first, second, .blackAndWhite)
        )
    }

    /// Compares a set of digits with itself, split at random: what the test finds where there is no difference.
    func control(_ digits: [UInt8]) -> Accuracies {
        var random = RandomSource(seed: training.seed)
        let count = digits.count / pixelCount
        let order = Array(0..<count).shuffled(using: &random)
        func taken(_ range: Range<Int>) -> [UInt8] {
            order[range].flatMap { digits[$0 * pixelCount..<($0 + 1) * pixelCount] }
        }
        return accuracies(taken(0..<count / 2), taken(count / 2..<count / 2 * 2))
    }

    private func accuracy(_ first: [UInt8], _ second: [UInt8], _ view: ClassifierTraining.View) -> Double {
        let side = min(first.count, second.count) / pixelCount
        let heldOut = side / TwoSampleTest.heldOutFraction
        let learnt = 0..<side - heldOut
        var training = training
        training.view = view
        let classifier = training.train(
            images: Array(first[..<(learnt.count * pixelCount)] + second[..<(learnt.count * pixelCount)]),
            labels: [UInt8](repeating: 0, count: learnt.count) + [UInt8](repeating: 1, count: learnt.count),
            classes: 2, parallel: parallel)
        let right = zip([UInt8(0), 1], [first, second]).reduce(0) { sum, pair in
            let heldOut = view(pair.1, Array(learnt.upperBound..<side)[...])
            let verdicts = DigitSample.verdicts(of: heldOut, by: classifier)
            return sum + verdicts.count { $0 == pair.0 }
        }
        return Double(right) / Double(2 * heldOut)
    }
}
