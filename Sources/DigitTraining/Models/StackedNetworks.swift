import NeuralNetwork
import DigitModel

/// Unconditional networks for images of three channels, which exist only in training.
package enum StackedNetworks: String, Sendable {
    /// `gan`'s layers: z100 → 256 → 512 → 1024 → 28 × 28 × 3, and its perceptron as D.
    case dense
    /// Layers like `cdcgan`'s: z100 → 7 × 7 × 64 → 4 × 4 s2 32 → 3 × 3 32 → 4 × 4 s2 3; see `makeDiscriminator`.
    case convolutional

    /// The number of digits in an image, one per channel.
    package static let channels = 3
    static let latentSize = 100

    var architecture: Architecture {
        var generator = Architecture(
            latentSize: StackedNetworks.latentSize, classCount: 0, labelScale: 0, layers: [])
        switch self {
        case .dense:
            for units in [256, 512, 1024] {
                generator.appendDense(Volume(height: 1, width: 1, channels: units), activation: .leakyReLU)
            }
            generator.appendDense(
                Volume(
                    height: ImageSize.mnist.height, width: ImageSize.mnist.width,
                    channels: StackedNetworks.channels), activation: .tanh)
        case .convolutional:
            generator.appendDense(Volume(height: 7, width: 7, channels: 64), activation: .relu)
            generator.appendTransposedConvolution(kernel: 4, stride: 2, channels: 32, activation: .relu)
            generator.appendConvolution(kernel: 3, stride: 1, channels: 32, activation: .relu)
            generator.appendTransposedConvolution(
                kernel: 4, stride: 2, channels: StackedNetworks.channels, activation: .tanh)
        }
        return generator
    }

    /// - Parameters:
    ///   - widths: of the convolutional one, which has the layers of `ProjectionDiscriminator`.
    ///   - dropout: its rate in the dense one.
    ///   - isBatchNormalized: whether the other's convolutions after the first are.
    ///   - comparesImages: whether the last part is told the deviation within the minibatch.
    func makeDiscriminator(
        widths: ProjectionDiscriminator.Widths, dropout: Float, isBatchNormalized: Bool,
        comparesImages: Bool, random: inout RandomSource, parallel: Parallel
    ) -> PlainDiscriminator {
        switch self {
        case .dense:
            return .perceptron(
                imageSize: architecture.outputVolume.count, classes: 0, dropout: dropout,
                comparesImages: comparesImages, random: &random, parallel: parallel)
        case .convolutional:
            let trunk = ConvolutionTrunk(
                image: architecture.outputVolume, widths.steps, isBatchNormalized: isBatchNormalized,
                initialization: .heNormal, random: &random, parallel: parallel)
            let deviation = comparesImages ? [MinibatchDeviation(channels: widths.third)] : []
            var features = trunk.output
            features.channels += deviation.count
            let head: [any Layer] = [
                Dense(
                    name: "discriminator.3", inputs: features.count, outputs: widths.features,
                    initialization: .heNormal, random: &random, parallel: parallel),
                Rectifier(slope: 0.2, parallel: parallel),
                Dense(
                    name: "discriminator.4", inputs: widths.features, outputs: 1,
                    initialization: .xavierUniform, random: &random, parallel: parallel),
            ]
            return PlainDiscriminator(Sequential(trunk.layers + deviation + head))
        }
    }
}
