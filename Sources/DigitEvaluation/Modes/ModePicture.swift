import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// What a generator drew of what was counted, for people to see whether the measures mislead.
package enum ModePicture {
    /// Over the modes, as SVG.
    case points(PointPicture)
    /// As PNG: the first hundred images, −1…1, of this size.
    case digits([Float], size: ImageSize)

    /// - Parameters:
    ///   - images: [N, pixels · `channels`], the channels of a pixel beside each other; at least a hundred. In the
    ///     picture each image has its channels beside each other instead, as a number of as many digits.
    init(digits images: Tensor, channels: Int) {
        let size = ImageSize.mnist
        let count = SampleGrid.rows * SampleGrid.columns
        var pixels: [Float] = []
        pixels.reserveCapacity(count * images.rowSize)
        for image in 0..<count {
            for y in 0..<size.height {
                for channel in 0..<channels {
                    for x in 0..<size.width {
                        let pixel = (image * size.height + y) * size.width + x
                        pixels.append(images.pointer[pixel * channels + channel])
                    }
                }
            }
        }
        self = .digits(pixels, size: ImageSize(height: size.height, width: channels * size.width))
    }

    /// The extension of the files of a set.
    package static func fileExtension(of set: ModeSet) -> String { set.mixture == nil ? "png" : "svg" }

    /// Writes the picture; the file at `path` is replaced.
    package func write(to path: String) throws(RunError) {
        switch self {
        case .points(let picture):
            do {
                try AtomicFile.write(Array(picture.svg.utf8), to: path)
            } catch { throw .output(error) }
        case .digits(let images, let size):
            try SampleGrid.write(images, size: size, to: path)
        }
    }
}
