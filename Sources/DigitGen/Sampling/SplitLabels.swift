/// The labels of a data set in two parts, each shuffled by itself: the first images are for training and the others
/// for testing. No two images have the same hand, because no two have the same number.
package struct SplitLabels: Equatable, Sendable {
    /// The frequencies of the digits.
    package enum Proportions: String, Sendable {
        /// As in MNIST.
        case mnist
        /// As equal as whole numbers can be.
        case balanced
    }

    /// The number of images of each digit among MNIST's 60,000 training images and its 10,000 test images.
    private static let mnist = (
        train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
        test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    )

    package let train: ShuffledLabels
    package let test: ShuffledLabels
    package let proportions: Proportions

    /// - Parameters:
    ///   - digits: different digits, at least one.
    ///   - count: of both parts, at least 7; one in seven is for testing, as in MNIST.
    package init(digits: [UInt8], proportions: Proportions, count: Int, seed: UInt64) {
        let digits = digits.sorted()
        func labels(_ weights: [Int], _ count: Int, _ stream: UInt32) -> ShuffledLabels {
            ShuffledLabels(
                digits: digits, weights: digits.map { proportions == .mnist ? weights[Int($0)] : 1 },
                count: count, seed: seed, stream: stream)
        }
        train = labels(Self.mnist.train, count - count / 7, 0)
        test = labels(Self.mnist.test, count / 7, 1)
        self.proportions = proportions
    }

    /// The label of an image of the whole.
    package subscript(index: Int) -> UInt8 {
        index < train.count ? train[index] : test[index - train.count]
    }
}
