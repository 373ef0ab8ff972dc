import NeuralNetwork

extension Recipe {
    /// The latents over which a finished generator's batch statistics are measured: 2,000 in batches of 100,
    /// always the same, of a seed of their own, so that looking at a generator does not change its training.
    ///
    /// - Parameter classes: the digits that it learns.
    package func statisticsBatches(classes: [UInt8]) -> [Tensor] {
        let latents = LatentBatch(architecture: architecture)
        var random = RandomSource(seed: seed ^ 0x5EED_0F57_A715_71C5)
        return (0..<20).map { batch in
            latents.draw(labels: (0..<100).map { classes[($0 + batch) % classes.count] }, random: &random)
        }
    }
}
