import DigitDataSets
import DigitTraining
import NeuralNetwork

/// Stacked MNIST (Metz et al. 2017, Srivastava et al. 2017): images of three channels, each a digit drawn by itself, so
/// that there are a thousand kinds of images, nearly as many of each.
struct StackedDigits: TrainingImages {
    /// Digits in one image.
    static let channels = StackedNetworks.channels

    private let digits: DataSet
    /// Which digits stand in each image's channels, one image after the other.
    private let members: [Int32]

    /// `count` images, drawn with `seed`. The digits must not be empty.
    init(_ digits: DataSet, count: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        self.digits = digits
        members = (0..<count * StackedDigits.channels).map { _ in
            Int32.random(in: 0..<Int32(digits.count), using: &random)
        }
    }

    var count: Int { members.count / StackedDigits.channels }

    /// [N, 28 · 28 · 3], the channels of a pixel beside each other.
    func batch(_ chosen: ArraySlice<Int>) -> Tensor {
        let channels = StackedDigits.channels
        let batch = Tensor(uninitialized: [chosen.count, 784 * channels])
        digits.images.withUnsafeBufferPointer { pixels in
            for (row, image) in chosen.enumerated() {
                for channel in 0..<channels {
                    let source = Int(members[image * channels + channel]) * 784
                    let target = batch.pointer + row * 784 * channels + channel
                    for index in 0..<784 {
                        target[index * channels] = Float(pixels[source + index]) / 127.5 - 1
                    }
                }
            }
        }
        return batch
    }

    /// No network of these looks at labels.
    func labels(_ chosen: ArraySlice<Int>) -> [UInt8] { [UInt8](repeating: 0, count: chosen.count) }

    /// The kind of each image, 0…999, given a class for each digit of the data.
    func modes(classes: [UInt8]) -> [Int] {
        (0..<count).map { image in
            (0..<StackedDigits.channels).reduce(0) {
                10 * $0 + Int(classes[Int(members[image * StackedDigits.channels + $1])])
            }
        }
    }
}
