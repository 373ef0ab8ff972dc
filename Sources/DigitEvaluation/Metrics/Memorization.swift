import NeuralNetwork

/// Whether generated images are copies of training images: distances to the nearest of them in pixels.
package struct Memorization: Sendable, Equatable {
    /// Mean over the images of the Euclidean distance to the nearest training image, pixels in 0…1.
    package let meanNearestDistance: Double
    /// Share of images nearer than `copyDistance` to a training image.
    package let copiedShare: Double

    /// Below this Euclidean distance two images of 784 pixels in 0…1 look the same: about 0.04 a pixel.
    package static let copyDistance: Float = 1

    /// - Parameters:
    ///   - images: [N, 784] with pixels in −1…1.
    ///   - training: [M, 784], likewise.
    package init(images: Tensor, training: Tensor, parallel: Parallel) {
        // Pixels span 2 in the tensors, 1 in the figures.
        let distances = PairwiseDistances(to: training, parallel: parallel).nearest(of: images).map { $0 / 2 }
        meanNearestDistance = distances.reduce(0.0) { $0 + Double($1) } / Double(distances.count)
        copiedShare =
            Double(distances.count { $0 < Memorization.copyDistance }) / Double(distances.count)
    }
}
