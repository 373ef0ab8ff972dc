import NeuralNetwork

/// `cdcgan`'s discriminator: a trunk of convolutions to features h, a score by projection on the label, and an
/// auxiliary linear classifier on h. LeakyReLU 0.2, no normalization.
package final class ProjectionDiscriminator: Discriminator {
    /// Channels of the trunk's convolutions and size of h.
    package struct Widths: Sendable, Equatable {
        package var first: Int
        package var second: Int
        package var third: Int
        package var features: Int

        package init(first: Int = 32, second: Int = 64, third: Int = 64, features: Int = 128) {
            self.first = first
            self.second = second
            self.third = third
            self.features = features
        }

        /// 4 × 4 of stride 2 twice, then 3 × 3.
        var steps: [ConvolutionTrunk.Step] {
            [
                .init(outputs: first, kernel: 4, stride: 2), .init(outputs: second, kernel: 4, stride: 2),
                .init(outputs: third, kernel: 3, stride: 1),
            ]
        }
    }

    private let trunk: Sequential
    private let projection: LabelProjection
    private let classifier: Dense
    private let parallel: Parallel

    package init(widths: Widths, classes: Int, random: inout RandomSource, parallel: Parallel) {
        self.parallel = parallel
        let convolutions = ConvolutionTrunk(
            channels: 1, widths.steps, initialization: .heNormal, random: &random, parallel: parallel)
        trunk = Sequential(
            convolutions.layers
                + [
                    Dense(
                        name: "discriminator.3", inputs: 7 * 7 * widths.third, outputs: widths.features,
                        initialization: .heNormal, random: &random, parallel: parallel),
                    Rectifier(slope: 0.2, parallel: parallel),
                ])
        projection = LabelProjection(
            name: "discriminator.projection", features: widths.features, classes: classes, random: &random)
        classifier = Dense(
            name: "discriminator.classifier", inputs: widths.features, outputs: classes,
            initialization: .xavierUniform, random: &random, parallel: parallel)
    }

    package var parameters: [Parameter] { trunk.parameters + projection.parameters + classifier.parameters }
    package var statistics: [Parameter] { trunk.statistics }

    package func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput {
        let features = trunk.forward(images, mode)
        return DiscriminatorOutput(
            scores: projection.forward(features, labels: labels, mode),
            classLogits: classifier.forward(features, mode))
    }

    package func backward(_ gradient: DiscriminatorOutput, wanted: WantedGradients) -> Tensor? {
        guard let features = projection.backward(gradient.scores, wanted: wanted.union(.input)) else {
            return nil
        }
        if let classLogits = gradient.classLogits,
            let addition = classifier.backward(classLogits, wanted: wanted.union(.input))
        {
            features.add(addition)
        }
        return trunk.backward(features, wanted: wanted)
    }
}
