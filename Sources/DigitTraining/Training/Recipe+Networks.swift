import NeuralNetwork
import DigitModel

extension Recipe {
    /// The architecture of the recipe's generator.
    package var architecture: Architecture {
        switch networks {
        case .shipped(let model): model.architecture
        case .trial(let networks): networks.architecture
        }
    }

    /// The untrained generator.
    package func makeGenerator(random: inout RandomSource, parallel: Parallel) -> GeneratorNetwork {
        let initialization: Initialization
        let isBatchNormalized: Bool
        var endsLinearly = false
        switch networks {
        case .shipped(.gan), .shipped(.cgan):
            (initialization, isBatchNormalized) = (.xavierUniform, false)
        case .shipped(.dcgan):
            (initialization, isBatchNormalized) = (.normal(standardDeviation: 0.02), true)
        case .shipped(.cdcgan), .shipped(.ink):
            (initialization, isBatchNormalized) = (.heNormal, true)
        case .trial(let networks):
            (initialization, isBatchNormalized) =
                networks.kind == .points ? (.xavierUniform, false) : (.heNormal, true)
            endsLinearly = networks.kind == .points
        }
        return GeneratorNetwork(
            architecture: architecture, isBatchNormalized: isBatchNormalized, endsLinearly: endsLinearly,
            initialization: initialization, random: &random, parallel: parallel)
    }

    /// The untrained discriminator.
    package func makeDiscriminator(random: inout RandomSource, parallel: Parallel) -> any Discriminator {
        let (image, count) = (architecture.outputVolume, guidance.packing)
        guard count > 1 else { return makeDiscriminator(of: image, random: &random, parallel: parallel) }
        let packed = makeDiscriminator(
            of: PackedDiscriminator.volume(of: image, count: count), random: &random, parallel: parallel)
        return PackedDiscriminator(packed, count: count, channels: image.channels)
    }

    /// - Parameter image: as D sees one.
    private func makeDiscriminator(
        of image: Volume, random: inout RandomSource, parallel: Parallel
    ) -> any Discriminator {
        let comparesImages = guidance == .minibatchDeviation
        let dropout = dropout.rate(at: 0)
        switch networks {
        case .shipped(.gan):
            return PlainDiscriminator.perceptron(
                imageSize: image.count, classes: 0, dropout: dropout, comparesImages: comparesImages,
                random: &random,
                parallel: parallel)
        case .shipped(.cgan):
            return PlainDiscriminator.perceptron(
                imageSize: image.count, classes: 10, dropout: dropout, random: &random, parallel: parallel)
        case .shipped(.dcgan):
            return PlainDiscriminator.convolutional(
                image: image, isBatchNormalized: guidance != .wasserstein, dropout: dropout,
                comparesImages: comparesImages, random: &random, parallel: parallel)
        case .shipped(.ink):
            // See `HighLevelView`.
            let seenInk = Volume(height: image.height, width: image.width, channels: 2 * image.channels)
            return ProjectionDiscriminator(
                widths: widths, classes: 10, image: seenInk, looksAtStyles: true, random: &random,
                parallel: parallel)
        case .shipped(.cdcgan):
            return ProjectionDiscriminator(
                widths: widths, classes: 10, image: image, random: &random, parallel: parallel)
        case .trial(let networks):
            return networks.makeDiscriminator(
                of: image, widths: widths, dropout: dropout, isBatchNormalized: !hasPenalties,
                comparesImages: comparesImages, random: &random, parallel: parallel)
        }
    }

    /// The untrained guide; nil where the recipe has none.
    func makeGuide(parallel: Parallel) -> ManifoldGuide? {
        guard guidance == .manifold, case .relativistic(let settings) = objective else { return nil }
        return ManifoldGuide(
            encoder: networks.encoder, image: architecture.outputVolume, settings: adam,
            penalty: FiniteDifferencePenalty(
                strength: settings.penaltyStrength, step: settings.guidePenaltyStep), seed: seed,
            parallel: parallel)
    }

    /// Of the style that digits are drawn in; nil where the generator has none.
    var style: StyleSettings? {
        guard case .relativistic(let settings) = objective else { return nil }
        return settings.style
    }

    /// Of the ink that digits are drawn with; nil where the generator draws pixels.
    var ink: InkSettings? {
        guard case .relativistic(let settings) = objective else { return nil }
        return settings.ink
    }

    private var widths: ProjectionDiscriminator.Widths {
        guard case .relativistic(let settings) = objective else { return ProjectionDiscriminator.Widths() }
        return settings.widths ?? ProjectionDiscriminator.Widths()
    }

    /// Whether D's scores are compared with those of displaced images: then they should not depend on the batch, as
    /// those of the shipped `dcgan` do.
    private var hasPenalties: Bool {
        switch objective {
        case .binaryCrossEntropy: false
        case .relativistic, .wasserstein: true
        }
    }
}

extension Recipe.Networks {
    /// The encoder of a guide of the generator.
    fileprivate var encoder: ManifoldEncoder.Size {
        guard case .trial(let networks) = self, networks.kind == .points else { return .images }
        return .points
    }
}

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

extension Recipe {
    /// The bytes of address space that a run takes besides the images: program and libraries, weights, and what the
    /// layers keep of each image of a batch. A sixth above what was measured.
    var memory: Int { 384 << 20 + batchSize * memoryPerImage }

    private var memoryPerImage: Int {
        switch networks {
        case .shipped(.gan), .shipped(.cgan): 144 << 10
        case .shipped(.cdcgan): 896 << 10
        case .trial(let networks): networks.kind == .convolutional ? 896 << 10 : 144 << 10
        case .shipped(.ink): 1280 << 10
        case .shipped(.dcgan): 1280 << 10
        }
    }
}
