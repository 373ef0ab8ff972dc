import DigitModel
import NeuralNetwork

/// Distances from generated images to the nearest training images in pixels, to find copies.
package struct Memorization: Sendable, Equatable {
    /// The mean over the images of the Euclidean distance to the nearest training image, pixels in 0…1.
    package let meanNearestDistance: Double
    /// The share of images nearer than `copyDistance` to a training image.
    package let copiedShare: Double

    /// Below this Euclidean distance two images of MNIST's size with pixels in 0…1 look the same: about 0.04 a pixel.
    package static let copyDistance: Float = 1

    /// - Parameters:
    ///   - images: [N, size] with pixels in −1…1.
    ///   - training: [M, size], likewise.
    package init(images: Tensor, training: Tensor, parallel: Parallel) {
        // Pixels span 2 in the tensors, 1 in the figures.
        let distances = PairwiseDistances(to: training, parallel: parallel).nearest(of: images).map { $0 / 2 }
        meanNearestDistance = distances.reduce(0.0) { $0 + Double($1) } / Double(distances.count)
        copiedShare =
            Double(distances.count { $0 < Memorization.copyDistance }) / Double(distances.count)
    }
}

/// The diversity of images without a judge: the mean distance from an image to its nearest neighbour.
///
/// The mean over all pairs would miss collapse: ten images repeated a hundred times each are nearly as far apart on
/// average as real digits, while their nearest neighbours are at distance 0.
struct PixelDiversity: Sendable, Equatable {
    /// Below this share of the distance among as many real digits, a set counts as collapsed. The trained models
    /// have 1.00 to 1.07 among 1,000 digits, other real digits 1.04.
    static let leastRatio = 0.7

    /// Euclidean, pixels in 0…1; nil for fewer than two images.
    let meanNearestDistance: Double?

    /// - Parameter pixels: images of MNIST's size. Only sets of equal size can be compared: the nearest is nearer
    ///   among more.
    init(_ pixels: [UInt8], parallel: Parallel) {
        let size = ImageSize.mnist.pixelCount
        let count = pixels.count / size
        precondition(pixels.count == count * size)
        guard count >= 2 else {
            meanNearestDistance = nil
            return
        }
        let images = Tensor(uninitialized: [count, size])
        for (index, pixel) in pixels.enumerated() { images.pointer[index] = Float(pixel) / 255 }
        let nearest = PairwiseDistances(to: images, parallel: parallel).nearest(
            of: images, isOwnReference: true)
        meanNearestDistance = nearest.reduce(0.0) { $0 + Double($1) } / Double(count)
    }

    /// Relative to real digits': 1 is as diverse. nil where either set has no distance, or the real ones none
    /// but 0.
    func ratio(to real: PixelDiversity) -> Double? {
        guard let mine = meanNearestDistance, let other = real.meanNearestDistance, other > 0 else {
            return nil
        }
        return mine / other
    }
}
