import DigitModel
import NeuralNetwork

/// A small convolutional classifier of digits: the judge of generated ones, and the network of a two-sample test.
///
/// 28×28×C → conv 4×4 s2 32 → conv 3×3 48 → conv 4×4 s2 96 → conv 3×3 96 → dense 64 (the features) → classes,
/// batch normalization and ReLU after each but the last, dropout 0.3 on the features in training.
package final class DigitClassifier {
    /// The size of the penultimate layer, whose activations the Fréchet distance and the manifolds are built on.
    package static let featureCount = 64

    private let trunk: Sequential
    private let dropout: Dropout
    private let head: Dense
    private let normalizations: [BatchNormalization]

    /// - Parameter channels: of an image, C.
    package init(
        classes: Int = 10, channels: Int = 1, random: inout RandomSource, parallel: Parallel
    ) {
        var layers: [any Layer] = []
        var normalizations: [BatchNormalization] = []
        var (side, channels) = (ImageSize.mnist.width, channels)
        func appendNormalized(_ layer: any Layer, _ name: String, channels: Int) {
            let normalization = BatchNormalization(
                name: "\(name).normalization", channels: channels, parallel: parallel)
            normalizations.append(normalization)
            layers += [layer, normalization, Rectifier(slope: 0, parallel: parallel)]
        }
        for (index, (outputs, kernel, stride)) in [(32, 4, 2), (48, 3, 1), (96, 4, 2), (96, 3, 1)]
            .enumerated()
        {
            let name = "classifier.\(index)"
            appendNormalized(
                Convolution(
                    name: name, inputHeight: side, inputWidth: side, inputChannels: channels,
                    outputChannels: outputs, kernel: kernel, stride: stride, hasBias: false,
                    initialization: .heNormal, random: &random, parallel: parallel),
                name, channels: outputs)
            (side, channels) = (side / stride, outputs)
        }
        appendNormalized(
            Dense(
                name: "classifier.4", inputs: side * side * channels, outputs: DigitClassifier.featureCount,
                hasBias: false, initialization: .heNormal, random: &random, parallel: parallel),
            "classifier.4", channels: DigitClassifier.featureCount)
        trunk = Sequential(layers)
        self.normalizations = normalizations
        dropout = Dropout(rate: 0.3, random: &random, parallel: parallel)
        head = Dense(
            name: "classifier.5", inputs: DigitClassifier.featureCount, outputs: classes,
            initialization: .xavierUniform, random: &random, parallel: parallel)
    }

    package var parameters: [Parameter] { trunk.parameters + head.parameters }
    package var statistics: [Parameter] { trunk.statistics }

    /// One training pass over images [N, pixels · C]: adds the gradients of the cross-entropy, returns its value.
    func accumulateGradients(_ images: Tensor, labels: [UInt8]) -> Float {
        let features = trunk.forward(images, .training)
        let loss = SoftmaxCrossEntropy.loss(
            head.forward(dropout.forward(features, .training), .training), labels: labels)
        if let gradient = head.backward(loss.gradient, wanted: [.parameters, .input]),
            let featureGradient = dropout.backward(gradient, wanted: .input)
        {
            _ = trunk.backward(featureGradient, wanted: .parameters)
        }
        return loss.value
    }

    /// Measures batch normalization's statistics afresh over batches of images [N, pixels · C].
    func measureStatistics(over batches: [Tensor]) {
        for normalization in normalizations { normalization.resetStatistics() }
        for batch in batches { _ = trunk.forward(batch, .measuringStatistics) }
    }

    /// Features [N, `featureCount`] and class logits [N, classes] of images [N, pixels · C] with pixels in −1…1.
    package func callAsFunction(_ images: Tensor) -> (features: Tensor, logits: Tensor) {
        let features = trunk.forward(images, .inference)
        return (features, head.forward(features, .inference))
    }
}
