import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork

/// Stacked MNIST (Metz et al. 2017, Srivastava et al. 2017): images of three channels, each a digit drawn by itself, so
/// that there are a thousand kinds of images, nearly as many of each.
struct StackedDigits: TrainingImages {
    /// The number of digits in an image.
    static let channels = 3

    private let digits: DataSet
    /// The indices of the digits in each image's channels, one image after the other.
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

    /// [N, pixels · 3], the channels of a pixel beside each other.
    func batch(_ chosen: ArraySlice<Int>) -> Tensor {
        let channels = StackedDigits.channels
        let size = ImageSize.mnist.pixelCount
        let batch = Tensor(uninitialized: [chosen.count, size * channels])
        digits.images.withUnsafeBufferPointer { pixels in
            for (row, image) in chosen.enumerated() {
                for channel in 0..<channels {
                    let source = Int(members[image * channels + channel]) * size
                    let target = batch.pointer + row * size * channels + channel
                    for index in 0..<size {
                        target[index * channels] = Float(pixels[source + index]) / 127.5 - 1
                    }
                }
            }
        }
        return batch
    }

    /// No network of these looks at labels.
    func labels(_ chosen: ArraySlice<Int>) -> [UInt8] { [UInt8](repeating: 0, count: chosen.count) }

    /// What each image counts as, given a verdict on each digit of the data.
    func samples(_ verdicts: [DigitVerdict]) -> [ModeSample] {
        let channels = StackedDigits.channels
        return (0..<count).map { image in
            ModeSample(
                digits: members[image * channels..<(image + 1) * channels].map { verdicts[Int($0)] })
        }
    }
}
