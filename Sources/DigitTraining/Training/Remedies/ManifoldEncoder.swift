import DigitModel
import NeuralNetwork

/// The encoder of an autoencoder: images to the coordinates of the manifold that the data lie on.
///
/// x → dense → LeakyReLU 0.2 → dense `latentSize`, and the reverse, of pixels with tanh at the end. It is trained once
/// to reconstruct the images (mean squared error, Adam, three passes). Then its outputs are scaled to mean 0 and
/// deviation 1 over the data, and it is frozen.
final class ManifoldEncoder {
    /// The layers' sizes.
    struct Size {
        let hiddenUnits: Int
        /// Coordinates for each channel of an image.
        let perChannel: Int
        /// Whether the decoder ends with tanh, as pixels do.
        let drawsPixels: Bool

        static let images = Size(hiddenUnits: 512, perChannel: 32, drawsPixels: true)
        /// For points of the plane, whose manifold is the plane.
        static let points = Size(hiddenUnits: 128, perChannel: 1, drawsPixels: false)
    }

    private static let passes = 3
    private static let batchSize = 128
    private static let schedule = LearningRateSchedule.cosine(peak: 1e-3, end: 1e-5, hold: 0.3)
    /// The number of images that the mean and deviation of the outputs are measured over.
    private static let measuredCount = 5_000

    /// The number of elements in an image.
    let imageSize: Int
    let latentSize: Int
    private let size: Size
    private let hidden: Dense
    private let output: Dense
    private let network: Sequential
    private let parallel: Parallel

    /// An untrained encoder.
    init(_ size: Size = .images, image: Volume, random: inout RandomSource, parallel: Parallel) {
        imageSize = image.count
        self.parallel = parallel
        self.size = size
        latentSize = size.perChannel * image.channels
        hidden = Dense(
            name: "guide.encoder.0", inputs: imageSize, outputs: size.hiddenUnits,
            initialization: .heNormal, random: &random, parallel: parallel)
        output = Dense(
            name: "guide.encoder.1", inputs: size.hiddenUnits, outputs: latentSize,
            initialization: .xavierUniform, random: &random, parallel: parallel)
        network = Sequential([hidden, Rectifier(slope: 0.2, parallel: parallel), output])
    }

    var parameters: [Parameter] { network.parameters }

    /// Coordinates [N, `latentSize`] of images [N, `imageSize`].
    func forward(_ images: Tensor, _ mode: ForwardMode) -> Tensor { network.forward(images, mode) }

    /// The gradient of the images of the last `forward` in training. The encoder itself has none: it is frozen.
    func imageGradient(_ gradient: Tensor) -> Tensor? { network.backward(gradient, wanted: .input) }

    /// Learns the manifold of `images`.
    ///
    /// - Parameter shouldContinue: called before each step; learning ends when it returns false.
    /// - Returns: true if learning was completed.
    func learn(
        from images: any TrainingImages, random: inout RandomSource, shouldContinue: () -> Bool
    ) -> Bool {
        let autoencoder = Sequential([network, decoder(&random)])
        let optimizer = Adam(
            autoencoder.parameters, settings: Adam.Settings(beta1: 0.9, beta2: 0.999), parallel: parallel)
        let size = min(ManifoldEncoder.batchSize, images.count)
        let steps = images.count / size
        var order = Array(0..<images.count)
        for pass in 0..<ManifoldEncoder.passes {
            order.shuffle(using: &random)
            for step in 0..<steps {
                guard shouldContinue() else { return false }
                let batch = images.batch(order[step * size..<(step + 1) * size])
                let loss = MeanSquaredError.loss(autoencoder.forward(batch, .training), target: batch)
                _ = autoencoder.backward(loss.gradient, wanted: .parameters)
                let progress = Float(pass * steps + step) / Float(ManifoldEncoder.passes * steps)
                optimizer.step(learningRate: ManifoldEncoder.schedule.rate(at: progress))
            }
        }
        standardize(over: images.batch(order.prefix(ManifoldEncoder.measuredCount)))
        return true
    }

    private func decoder(_ random: inout RandomSource) -> Sequential {
        let layers: [any Layer] = [
            Dense(
                name: "guide.decoder.0", inputs: latentSize, outputs: size.hiddenUnits,
                initialization: .heNormal, random: &random, parallel: parallel),
            Rectifier(slope: 0.2, parallel: parallel),
            Dense(
                name: "guide.decoder.1", inputs: size.hiddenUnits, outputs: imageSize,
                initialization: .xavierUniform, random: &random, parallel: parallel),
        ]
        return Sequential(size.drawsPixels ? layers + [Tanh(parallel: parallel)] : layers)
    }

    /// Folds (z − mean) / deviation of each coordinate into the last layer.
    private func standardize(over images: Tensor) {
        let coordinates = network.forward(images, .inference)
        let weight = output.linear.weight.value
        guard let bias = output.linear.bias?.value else {
            preconditionFailure("the encoder's last layer has a bias")
        }
        for unit in 0..<latentSize {
            let values = (0..<images.batch).map { coordinates.pointer[$0 * latentSize + unit] }
            let mean = values.reduce(0, +) / Float(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
            let factor = 1 / (variance + 1e-8).squareRoot()
            for index in unit * weight.rowSize..<(unit + 1) * weight.rowSize {
                weight.pointer[index] *= factor
            }
            bias.pointer[unit] = factor * (bias.pointer[unit] - mean)
        }
    }
}
