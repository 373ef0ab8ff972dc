import DigitModel
import NeuralNetwork

/// A discriminator of several images at once (Lin et al. 2018, "PacGAN: The power of two samples"): they are stacked
/// along their channels, and get one score. Packs of a generator that repeats itself are more alike than real ones.
///
/// Images [N, P · C] of P pixels become packs [N / m, P · m · C], m neighbours in the batch to a pack; scores are
/// [N / m, 1].
final class PackedDiscriminator: Discriminator {
    private let packed: any Discriminator
    private let count: Int
    private let channels: Int

    /// - Parameters:
    ///   - packed: the discriminator of packs: of images of m times as many channels.
    ///   - count: m, the images of a pack.
    ///   - channels: C, of an image.
    init(_ packed: any Discriminator, count: Int, channels: Int) {
        self.packed = packed
        self.count = count
        self.channels = channels
    }

    /// The volume of a pack of images.
    static func volume(of image: Volume, count: Int) -> Volume {
        Volume(height: image.height, width: image.width, channels: count * image.channels)
    }

    var parameters: [Parameter] { packed.parameters }
    var statistics: [Parameter] { packed.statistics }
    var comparesImages: Bool { packed.comparesImages }

    func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput {
        precondition(images.batch % count == 0, "\(count) images to a pack, given \(images.batch)")
        let packs = Tensor(uninitialized: [images.batch / count, images.rowSize * count])
        forEachRun(of: images) { image, pack in
            (packs.pointer + pack).update(from: images.pointer + image, count: channels)
        }
        return packed.forward(packs, labels: Array(labels.prefix(packs.batch)), mode)
    }

    func backward(_ gradient: DiscriminatorOutput, wanted: WantedGradients) -> Tensor? {
        guard let packs = packed.backward(gradient, wanted: wanted) else { return nil }
        let images = Tensor(uninitialized: [packs.batch * count, packs.rowSize / count])
        forEachRun(of: images) { image, pack in
            (images.pointer + image).update(from: packs.pointer + pack, count: channels)
        }
        return images
    }

    func restartDropout(rate: Float, random: inout RandomSource) {
        packed.restartDropout(rate: rate, random: &random)
    }

    /// Calls `body` with the place of each pixel's channels in the images and in the packs.
    private func forEachRun(of images: Tensor, _ body: (_ image: Int, _ pack: Int) -> Void) {
        let pixels = images.rowSize / channels
        for row in 0..<images.batch {
            let start = (row / count * pixels * count + row % count) * channels
            for pixel in 0..<pixels {
                body((row * pixels + pixel) * channels, start + pixel * count * channels)
            }
        }
    }
}
