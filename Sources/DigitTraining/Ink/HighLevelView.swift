import NeuralNetwork

/// What an ink generator's discriminator sees: a picture [N, 784] in −1…1 becomes [N, 28, 28, 2], the levels x as they
/// are and the highest ones enlarged: weight · clip((x − 240) / 7.5 − 1, −1, 1) for x of 0…255.
///
/// MNIST's preprocessing scales each digit by its greatest level, so its traces are in the highest ones.
package struct HighLevelView {
    /// Of pixels in −1…1: (x − 240) / 7.5 − 1 with x = 127.5 (v + 1).
    private static let slope: Float = 17
    private static let offset: Float = -16

    private let weight: Float

    /// - Parameter weight: of the highest levels beside all of them; where it is less, a penalty on D's gradient
    ///   lets D make less of them.
    package init(weight: Float = 1) { self.weight = weight }

    /// - Parameter enlarged: how many images, the first ones, show their highest levels; in the others the second
    ///   channel is 0. Nil for all.
    package func callAsFunction(_ images: Tensor, enlarged: Int? = nil) -> Tensor {
        let result = Tensor(uninitialized: [images.batch, images.rowSize, 2])
        let shown = (enlarged ?? images.batch) * images.rowSize
        for index in 0..<images.count {
            let value = images.pointer[index]
            result.pointer[2 * index] = value
            result.pointer[2 * index + 1] =
                index < shown ? weight * min(max(Self.slope * value + Self.offset, -1), 1) : 0
        }
        return result
    }

    /// The gradient of the images for that of what is seen of them. At the upper end of the clipping it is that from
    /// inside.
    func backward(_ gradient: Tensor, images: Tensor, enlarged: Int? = nil) -> Tensor {
        let result = Tensor(uninitialized: images.shape)
        let shown = (enlarged ?? images.batch) * images.rowSize
        let slope = weight * Self.slope
        for index in 0..<images.count {
            let high = Self.slope * images.pointer[index] + Self.offset
            result.pointer[index] =
                gradient.pointer[2 * index]
                + (high > -1 && index < shown ? slope * gradient.pointer[2 * index + 1] : 0)
        }
        return result
    }
}
