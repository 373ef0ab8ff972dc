import DigitModel
import NeuralNetwork

/// `cdcgan`'s discriminator: a trunk of convolutions to features h, a score by projection on the label, and an
/// auxiliary linear classifier on h. LeakyReLU 0.2, no normalization.
///
/// `ink`'s also looks at the style u [N, 3]: it adds u · (P h) to the score, and an auxiliary linear regression
/// predicts the style's measures from h.
package final class ProjectionDiscriminator: Discriminator {
    /// The channels of the trunk's convolutions, and the size of h.
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
    private let styleHeads: StyleHeads?
    private let parallel: Parallel

    /// P and the regression.
    private struct StyleHeads {
        let projection: Dense
        let regression: Dense
    }

    /// The styles of the last forward pass in training.
    private var styles: Tensor?

    /// - Parameters:
    ///   - image: of an image as D sees it.
    ///   - looksAtStyles: whether scores depend on the style.
    package init(
        widths: Widths, classes: Int, image: Volume, looksAtStyles: Bool = false,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.parallel = parallel
        let convolutions = ConvolutionTrunk(
            image: image, widths.steps, initialization: .heNormal, random: &random, parallel: parallel)
        trunk = Sequential(
            convolutions.layers
                + [
                    Dense(
                        name: "discriminator.3", inputs: convolutions.output.count, outputs: widths.features,
                        initialization: .heNormal, random: &random, parallel: parallel),
                    Rectifier(slope: 0.2, parallel: parallel),
                ])
        projection = LabelProjection(
            name: "discriminator.projection", features: widths.features, classes: classes, random: &random)
        classifier = Dense(
            name: "discriminator.classifier", inputs: widths.features, outputs: classes,
            initialization: .xavierUniform, random: &random, parallel: parallel)
        guard looksAtStyles else {
            styleHeads = nil
            return
        }
        func head(_ name: String, hasBias: Bool) -> Dense {
            Dense(
                name: "discriminator.style_\(name)", inputs: widths.features, outputs: StyleMeasures.count,
                hasBias: hasBias, initialization: .xavierUniform, random: &random, parallel: parallel)
        }
        styleHeads = StyleHeads(
            projection: head("projection", hasBias: false), regression: head("regression", hasBias: true))
    }

    package var parameters: [Parameter] {
        trunk.parameters + projection.parameters + classifier.parameters
            + (styleHeads.map { $0.projection.parameters + $0.regression.parameters } ?? [])
    }
    package var statistics: [Parameter] { trunk.statistics }

    package func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput {
        forward(images, labels: labels, styles: nil, mode)
    }

    package func forward(
        _ images: Tensor, labels: [UInt8], styles: Tensor?, _ mode: ForwardMode
    ) -> DiscriminatorOutput {
        let features = trunk.forward(images, mode)
        var output = DiscriminatorOutput(
            scores: projection.forward(features, labels: labels, mode),
            classLogits: classifier.forward(features, mode))
        self.styles = mode == .inference ? nil : styles
        guard let styleHeads, let styles else { return output }
        output.styles = styleHeads.regression.forward(features, mode)
        let directions = styleHeads.projection.forward(features, mode)
        for row in 0..<images.batch {
            for axis in 0..<directions.rowSize {
                let index = row * directions.rowSize + axis
                output.scores.pointer[row] += styles.pointer[index] * directions.pointer[index]
            }
        }
        return output
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
        if let styleHeads, let styles {
            let directions = Tensor(uninitialized: styles.shape)
            for index in 0..<styles.count {
                directions.pointer[index] =
                    gradient.scores.pointer[index / styles.rowSize] * styles.pointer[index]
            }
            if let addition = styleHeads.projection.backward(directions, wanted: wanted.union(.input)) {
                features.add(addition)
            }
            if let measures = gradient.styles,
                let addition = styleHeads.regression.backward(measures, wanted: wanted.union(.input))
            {
                features.add(addition)
            }
        }
        return trunk.backward(features, wanted: wanted)
    }
}
