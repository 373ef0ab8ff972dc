import NeuralNetwork

/// Looks at what a generator draws while it is trained.
package protocol TrainingWatch {
    /// Digits that are drawn for a look, a multiple of 100.
    var sampleCount: Int { get }

    /// What there is to warn of in 784 pixels an image, meant to be of `labels` if the model can be told.
    func warnings(pixels: [UInt8], labels: [UInt8]?) -> [String]
}

/// What a generator draws in the course of its training. Latents are of seeds of their own, so that looking does not
/// change what is trained.
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

    /// What `watch` has to say of the generator as it is now.
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
