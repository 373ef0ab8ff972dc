import DigitModel
import NeuralNetwork

/// Tells real images from generated ones.
package protocol Discriminator: AnyObject {
    var parameters: [Parameter] { get }
    var statistics: [Parameter] { get }

    /// Scores [N, 1] (logits) of images [N, their elements] with pixels in −1…1 under one label a row.
    func forward(_ images: Tensor, labels: [UInt8], _ mode: ForwardMode) -> DiscriminatorOutput

    /// The same for images of certain styles, [N, 3] coordinates of the latent; one that does not look at styles leaves
    /// them out.
    func forward(_ images: Tensor, labels: [UInt8], styles: Tensor?, _ mode: ForwardMode)
        -> DiscriminatorOutput

    /// Given gradients of the loss with respect to the output of the last `forward` in training, adds those of
    /// the parameters and returns that of the images, as `wanted` says.
    func backward(_ gradient: DiscriminatorOutput, wanted: WantedGradients) -> Tensor?

    /// True if a score depends on the other images of the batch.
    var comparesImages: Bool { get }

    /// Changes the rate of dropout, where there is any, and starts its masks anew.
    func restartDropout(rate: Float, random: inout RandomSource)
}

/// A discriminator's output for a batch, or the gradient with respect to it.
package struct DiscriminatorOutput {
    /// [N, 1]; above 0 for "real".
    package var scores: Tensor
    /// [N, classes], of an auxiliary classifier; nil where there is none, or no gradient of it.
    package var classLogits: Tensor?
    /// [N, 3], the style's measures, standardized, as an auxiliary regression has them; nil like `classLogits`.
    package var styles: Tensor?

    package init(scores: Tensor, classLogits: Tensor? = nil, styles: Tensor? = nil) {
        self.scores = scores
        self.classLogits = classLogits
        self.styles = styles
    }
}

extension Discriminator {
    package func forward(
        _ images: Tensor, labels: [UInt8], styles: Tensor?, _ mode: ForwardMode
    ) -> DiscriminatorOutput {
        forward(images, labels: labels, mode)
    }

    package var comparesImages: Bool { !statistics.isEmpty }

    package func restartDropout(rate: Float, random: inout RandomSource) {}
}

/// The convolutions that a discriminator begins with, each with LeakyReLU 0.2 after it.
struct ConvolutionTrunk {
    struct Step {
        let outputs: Int
        let kernel: Int
        let stride: Int
    }

    let layers: [any Layer]
    /// Height, width and channels after the last convolution.
    private(set) var output: Volume

    /// - Parameters:
    ///   - image: of an image as D sees it.
    ///   - isBatchNormalized: whether batch normalization replaces the bias of all convolutions but the first.
    ///   - dropout: the initial rate after each convolution; 0 for none.
    init(
        image: Volume, _ steps: [Step], isBatchNormalized: Bool = false, dropout: Float = 0,
        initialization: Initialization, random: inout RandomSource, parallel: Parallel
    ) {
        output = image
        var layers: [any Layer] = []
        for (index, step) in steps.enumerated() {
            let name = "discriminator.\(index)"
            let isNormalized = isBatchNormalized && index > 0
            layers.append(
                Convolution(
                    name: name, inputHeight: output.height, inputWidth: output.width,
                    inputChannels: output.channels,
                    outputChannels: step.outputs, kernel: step.kernel, stride: step.stride,
                    hasBias: !isNormalized, initialization: initialization, random: &random,
                    parallel: parallel))
            if isNormalized {
                layers.append(
                    BatchNormalization(
                        name: "\(name).normalization", channels: step.outputs, parallel: parallel))
            }
            layers.append(Rectifier(slope: 0.2, parallel: parallel))
            if dropout > 0 { layers.append(Dropout(rate: dropout, random: &random, parallel: parallel)) }
            output = Volume(
                height: (output.height + step.stride - 1) / step.stride,
                width: (output.width + step.stride - 1) / step.stride, channels: step.outputs)
        }
        self.layers = layers
    }
}
