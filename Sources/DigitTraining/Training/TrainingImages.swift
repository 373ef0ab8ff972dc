import DigitModel
import NeuralNetwork

/// A source of training images.
package protocol TrainingImages: Sendable {
    /// The number of images.
    var count: Int { get }

    /// The chosen images [N, height · width · channels], pixels 0…255 mapped to −1…1.
    func batch(_ chosen: ArraySlice<Int>) -> Tensor

    /// A label for each of them, 0…9, for networks that look at it.
    func labels(_ chosen: ArraySlice<Int>) -> [UInt8]

    /// Their styles, for generators that draw in one; nil for others.
    var styles: StyleMap? { get }
}

extension TrainingImages {
    package var styles: StyleMap? { nil }
}

/// Labelled digits of one channel.
package struct LabelledImages: TrainingImages {
    /// Images of MNIST's size.
    private let images: [UInt8]
    private let labels: [UInt8]
    package let styles: StyleMap?

    package init(images: [UInt8], labels: [UInt8], styles: StyleMap? = nil) {
        precondition(images.count == labels.count * ImageSize.mnist.pixelCount)
        self.styles = styles
        self.images = images
        self.labels = labels
    }

    package var count: Int { labels.count }

    package func batch(_ chosen: ArraySlice<Int>) -> Tensor { Tensor(pixels: images, of: chosen) }

    package func labels(_ chosen: ArraySlice<Int>) -> [UInt8] { chosen.map { labels[$0] } }
}

/// Images as networks read them, with pixels 0…255 mapped to −1…1.
extension Tensor {
    /// [N, pixels of an image] of images of MNIST's size.
    package init(pixels: [UInt8]) {
        self.init(pixels: pixels, of: 0..<pixels.count / ImageSize.mnist.pixelCount)
    }

    /// [N, pixels of an image] of the chosen ones among images of MNIST's size.
    package init(pixels: [UInt8], of chosen: some Collection<Int>) {
        let size = ImageSize.mnist.pixelCount
        self.init(uninitialized: [chosen.count, size])
        pixels.withUnsafeBufferPointer { pixels in
            for (row, image) in chosen.enumerated() {
                let target = pointer + row * size
                for index in 0..<size { target[index] = Float(pixels[image * size + index]) / 127.5 - 1 }
            }
        }
    }
}
