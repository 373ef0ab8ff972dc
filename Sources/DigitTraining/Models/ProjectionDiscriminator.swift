/// `cdcgan`'s discriminator: a trunk of convolutions to features h, a score by projection on the label, and an
/// auxiliary linear classifier on h. LeakyReLU 0.2, no normalization.
package final class ProjectionDiscriminator: Discriminator {
    /// Channels of the trunk's convolutions and size of h.
    package struct Widths: Sendable, Equatable, Codable {
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
    }

    private let trunk: Sequential
    private let projection: LabelProjection
    private let classifier: Dense
    private let parallel: Parallel

    package init(widths: Widths, classes: Int, random: inout RandomSource, parallel: Parallel) {
        self.parallel = parallel
        func convolution(
            _ name: Int, _ side: Int, _ inputs: Int, _ outputs: Int, _ kernel: Int, _ stride: Int
        )
            -> [any Layer]
        {
            [
                Convolution(
                    name: "discriminator.\(name)", inputHeight: side, inputWidth: side, inputChannels: inputs,
                    outputChannels: outputs, kernel: kernel, stride: stride, initialization: .heNormal,
                    random: &random, parallel: parallel),
                Rectifier(slope: 0.2, parallel: parallel),
            ]
        }
        trunk = Sequential(
            convolution(0, 28, 1, widths.first, 4, 2)
                + convolution(1, 14, widths.first, widths.second, 4, 2)
                + convolution(2, 7, widths.second, widths.third, 3, 1)
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
            for index in 0..<features.count { features.pointer[index] += addition.pointer[index] }
        }
        return trunk.backward(features, wanted: wanted)
    }
}
