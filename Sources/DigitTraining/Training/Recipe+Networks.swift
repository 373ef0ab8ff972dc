import WeightBundle

extension Recipe {
    /// The architecture of the recipe's generator.
    package var architecture: Architecture { model.architecture }

    /// The untrained generator.
    package func makeGenerator(random: inout RandomSource, parallel: Parallel) -> GeneratorNetwork {
        let initialization: Initialization =
            switch model {
            case .gan, .cgan: .xavierUniform
            case .dcgan: .normal(standardDeviation: 0.02)
            case .cdcgan: .heNormal
            }
        return GeneratorNetwork(
            architecture: architecture, isBatchNormalized: model == .dcgan || model == .cdcgan,
            initialization: initialization, random: &random, parallel: parallel)
    }

    /// The untrained discriminator.
    package func makeDiscriminator(random: inout RandomSource, parallel: Parallel) -> any Discriminator {
        switch model {
        case .gan: PlainDiscriminator.perceptron(classes: 0, random: &random, parallel: parallel)
        case .cgan: PlainDiscriminator.perceptron(classes: 10, random: &random, parallel: parallel)
        case .dcgan: PlainDiscriminator.convolutional(random: &random, parallel: parallel)
        case .cdcgan:
            ProjectionDiscriminator(
                widths: relativisticSettings.widths, classes: 10, random: &random, parallel: parallel)
        }
    }

    private var relativisticSettings: RelativisticSettings {
        guard case .relativistic(let settings) = objective else { return RelativisticSettings() }
        return settings
    }
}
