import DigitImaging
import DigitModel
import NeuralNetwork
import Platform

/// Watches a generator's samples during training.
package protocol TrainingWatch {
    /// The number of digits in a sample, a multiple of 100.
    var sampleCount: Int { get }

    /// Returns warnings about a sample: the pixels of its images, and the labels of a conditional model.
    func warnings(pixels: [UInt8], labels: [UInt8]?) -> [String]
}

/// Samples of the generator in training. Their latents have seeds of their own, so sampling does not change training.
extension Trainer {
    /// The images of `SampleGrid`, −1…1: one latent for each column, and below each other for each digit that is
    /// learnt, in turn; an unconditional model has latents of its own in every row.
    package func sampleImages() -> [Float] {
        let latents = LatentBatch(architecture: recipe.architecture)
        let rows = (0..<SampleGrid.rows).map { row in
            var random = RandomSource(seed: recipe.seed &+ (isConditional ? 0 : UInt64(row)))
            return latents.draw(
                labels: [UInt8](repeating: classes[row % classes.count], count: SampleGrid.columns),
                random: &random)
        }
        return withFinishedGenerator { $0.forward(Tensor.concatenated(rows), .inference).elements }
    }

    /// Returns the warnings of `watch` about the generator as it is now.
    package func warnings(of watch: any TrainingWatch) -> [String] {
        let latents = LatentBatch(architecture: recipe.architecture)
        var random = RandomSource(seed: recipe.seed ^ 0xC0_11A5_ED)
        let labels = (0..<watch.sampleCount).map { classes[$0 % classes.count] }
        let pixels = withFinishedGenerator { generator in
            stride(from: 0, to: labels.count, by: 100).flatMap { start in
                let inputs = latents.draw(labels: Array(labels[start..<start + 100]), random: &random)
                return generator.forward(inputs, .inference).elements.map(SampleGrid.pixel)
            }
        }
        return watch.warnings(pixels: pixels, labels: isConditional ? labels : nil)
    }

    private var isConditional: Bool { recipe.architecture.isConditional }
}

/// Grids of a generator's digits during training, always of the same latents, so that they can be compared.
package struct SampleGrid: Sendable {
    /// The number of rows: one for each digit of a conditional model.
    package static let rows = 10
    package static let columns = 10

    /// Writes images of one channel as one PNG.
    ///
    /// - Parameters:
    ///   - images: −1…1; anything else is clamped.
    ///   - size: of an image.
    ///   - columns: images beside each other.
    ///   - path: Replaced if it exists.
    package static func write(
        _ images: [Float], size: ImageSize, columns: Int = SampleGrid.columns, to path: String
    ) throws(RunError) {
        let png: [UInt8]
        do {
            let size = try ImageStack.Size(width: size.width, height: size.height)
            let stack = try ImageStack(size: size, pixels: images.map(pixel))
            var encoder = try PNGEncoder()
            let picture = try GridLayout(columns: columns).picture(of: stack)
            png = try encoder.encode(picture)
        } catch {
            throw .picture(error)
        }
        do { try AtomicFile.write(png, to: path) } catch { throw .output(error) }
    }

    /// The pixel of a value from −1 (background) to 1.
    static func pixel(_ value: Float) -> UInt8 {
        // NaN fails this comparison, so a diverged model still has its picture.
        guard value > -1 else { return 0 }
        return UInt8((127.5 * (min(value, 1) + 1)).rounded(.toNearestOrEven))
    }
}
