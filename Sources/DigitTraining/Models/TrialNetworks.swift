import NeuralNetwork
import DigitModel

/// Unconditional networks of the experiments on mode collapse, which exist only in training.
package struct TrialNetworks: Sendable, Equatable {
    /// The layers.
    package enum Kind: Sendable {
        /// `gan`'s layers: z100 → 256 → 512 → 1024 → 28 × 28 × C, but with batch normalization, with which digits
        /// emerge in fewer steps; its perceptron as D.
        case dense
        /// Layers like `cdcgan`'s: z100 → 7 × 7 × 64 → 4 × 4 s2 32 → 3 × 3 32 → 4 × 4 s2 C; see `makeDiscriminator`.
        case convolutional
        /// Those of Metz et al. 2017 for points of the plane: z64 (theirs is z256) → 128 → 128 → 2, D 2 → 128 → 128
        /// → 1, ReLU.
        case points
    }

    /// Of the pair.
    package let kind: Kind
    /// C, of an image: a digit in each. 2, the coordinates, of points.
    package let channels: Int

    package init(_ kind: Kind, channels: Int) {
        self.kind = kind
        self.channels = channels
    }

    /// For the plane.
    package static let points = TrialNetworks(.points, channels: 2)

    /// Hidden units of a layer for points.
    private static let pointUnits = 128
    private static let pointLatentSize = 64
    private static let latentSize = 100

    var summary: String {
        switch (kind, channels) {
        case (.dense, 3): "normalized dense networks for three channels"
        case (.convolutional, 3): "convolutional networks for three channels"
        case (.dense, _): "normalized dense networks"
        case (.convolutional, _): "convolutional networks"
        case (.points, _): "networks for points"
        }
    }

    var architecture: Architecture {
        func units(_ count: Int) -> Volume { Volume(height: 1, width: 1, channels: count) }
        var generator = Architecture(
            latentSize: kind == .points ? TrialNetworks.pointLatentSize : TrialNetworks.latentSize,
            classCount: 0, labelScale: 0, layers: [])
        switch kind {
        case .dense:
            for count in [256, 512, 1024] { generator.appendDense(units(count), activation: .leakyReLU) }
            generator.appendDense(
                Volume(height: ImageSize.mnist.height, width: ImageSize.mnist.width, channels: channels),
                activation: .tanh)
        case .convolutional:
            generator.appendDense(Volume(height: 7, width: 7, channels: 64), activation: .relu)
            generator.appendTransposedConvolution(kernel: 4, stride: 2, channels: 32, activation: .relu)
            generator.appendConvolution(kernel: 3, stride: 1, channels: 32, activation: .relu)
            generator.appendTransposedConvolution(kernel: 4, stride: 2, channels: channels, activation: .tanh)
        case .points:
            for _ in 0..<2 { generator.appendDense(units(TrialNetworks.pointUnits), activation: .relu) }
            // Without its activation: see `GeneratorNetwork`.
            generator.appendDense(units(channels), activation: .tanh)
        }
        return generator
    }

    /// - Parameters:
    ///   - image: as D sees one.
    ///   - widths: of the convolutional one, which has the layers of `ProjectionDiscriminator`.
    ///   - dropout: its rate in the dense one.
    ///   - isBatchNormalized: whether the convolutions after the first are.
    ///   - comparesImages: whether the last part is told the deviation within the minibatch.
    func makeDiscriminator(
        of image: Volume, widths: ProjectionDiscriminator.Widths, dropout: Float, isBatchNormalized: Bool,
        comparesImages: Bool, random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        switch kind {
        case .dense:
            return .perceptron(
                imageSize: image.count, classes: 0, dropout: dropout, comparesImages: comparesImages,
                random: &random, parallel: parallel)
        case .convolutional:
            let trunk = ConvolutionTrunk(
                image: image, widths.steps, isBatchNormalized: isBatchNormalized, initialization: .heNormal,
                random: &random, parallel: parallel)
            return PlainDiscriminator(
                Sequential(
                    trunk.layers
                        + head(
                            trunk.output, units: widths.features, slope: 0.2, comparesImages: comparesImages,
                            random: &random, parallel: parallel)))
        case .points:
            let first = Dense(
                name: "discriminator.0", inputs: image.count, outputs: TrialNetworks.pointUnits,
                initialization: .heNormal, random: &random, parallel: parallel)
            // Without biases all kinks would go through one point of the plane, and D would see directions alone.
            if let bias = first.linear.bias?.value {
                random.fillUniform(bias.pointer, count: bias.count, low: -1, high: 1)
            }
            return PlainDiscriminator(
                Sequential(
                    [first, Rectifier(slope: 0, parallel: parallel)]
                        + head(
                            Volume(height: 1, width: 1, channels: TrialNetworks.pointUnits),
                            units: TrialNetworks.pointUnits, slope: 0, comparesImages: comparesImages,
                            random: &random, parallel: parallel)))
        }
    }

    /// From features to a score, with a hidden layer between.
    private func head(
        _ input: Volume, units: Int, slope: Float, comparesImages: Bool, random: inout RandomSource,
        parallel: Parallel
    ) -> [any Layer] {
        let deviation = comparesImages ? [MinibatchDeviation(channels: input.channels)] : []
        var features = input
        features.channels += deviation.count
        let layers: [any Layer] = [
            Dense(
                name: "discriminator.3", inputs: features.count, outputs: units, initialization: .heNormal,
                random: &random, parallel: parallel),
            Rectifier(slope: slope, parallel: parallel),
            Dense(
                name: "discriminator.4", inputs: units, outputs: 1, initialization: .xavierUniform,
                random: &random, parallel: parallel),
        ]
        return deviation + layers
    }
}
