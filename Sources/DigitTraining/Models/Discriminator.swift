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

    /// Whether a score depends on the other images of the batch.
    var comparesImages: Bool { get }

    /// Changes the rate of dropout, where there is any, and starts its masks anew.
    func restartDropout(rate: Float, random: inout RandomSource)
}

/// What a discriminator says of a batch, or the gradient with respect to it.
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
