import NeuralNetwork

/// How much the images of a set differ, without a judge: the mean distance of an image to the nearest other one.
///
/// The mean over all pairs would not do: ten images, one of each digit and each repeated a hundred times, are
/// nearly as far apart on average as real digits are. Their nearest others are at distance 0.
struct PixelDiversity: Sendable, Equatable {
    /// Below this share of the distance among as many real digits, a set counts as collapsed. The trained models
    /// have 1.00 to 1.07 among 1,000 digits, other real digits 1.04.
    static let leastRatio = 0.7

    /// Euclidean, pixels in 0…1; nil for fewer than two images.
    let meanNearestDistance: Double?

    /// - Parameter pixels: 784 bytes an image. Only sets of equal size can be compared: the nearest is nearer
    ///   among more.
    init(_ pixels: [UInt8], parallel: Parallel) {
        let count = pixels.count / 784
        precondition(pixels.count == count * 784)
        guard count >= 2 else {
            meanNearestDistance = nil
            return
        }
        let images = Tensor(uninitialized: [count, 784])
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
