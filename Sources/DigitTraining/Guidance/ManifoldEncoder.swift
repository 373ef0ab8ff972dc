import NeuralNetwork

/// The encoder of an autoencoder: images to the coordinates of the manifold that the data lie on.
///
/// x → dense 512 → LeakyReLU 0.2 → dense `latentSize`, and back the same way with tanh at the end. It learns once to
/// give the images back (mean squared error, Adam, three passes), then its outputs are scaled to mean 0 and deviation
/// 1 over the data, and it stays as it is.
final class ManifoldEncoder {
    private static let hiddenUnits = 512
    private static let passes = 3
    private static let batchSize = 128
    private static let schedule = LearningRateSchedule.cosine(peak: 1e-3, end: 1e-5, hold: 0.3)
    /// Images that mean and deviation of the outputs are measured over.
    private static let measuredCount = 5_000

    /// Elements of an image.
    let imageSize: Int
    let latentSize: Int
    private let hidden: Dense
    private let output: Dense
    private let network: Sequential
    private let parallel: Parallel

    /// 32 coordinates for each channel of 784 pixels.
    init(imageSize: Int, random: inout RandomSource, parallel: Parallel) {
        self.imageSize = imageSize
        self.parallel = parallel
        latentSize = 32 * imageSize / 784
        hidden = Dense(
            name: "guide.encoder.0", inputs: imageSize, outputs: ManifoldEncoder.hiddenUnits,
            initialization: .heNormal, random: &random, parallel: parallel)
        output = Dense(
            name: "guide.encoder.1", inputs: ManifoldEncoder.hiddenUnits, outputs: latentSize,
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
    /// - Parameter shouldContinue: asked before each step; learning ends when it says no.
    /// - Returns: Whether it went to its end.
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
        Sequential([
            Dense(
                name: "guide.decoder.0", inputs: latentSize, outputs: ManifoldEncoder.hiddenUnits,
                initialization: .heNormal, random: &random, parallel: parallel),
            Rectifier(slope: 0.2, parallel: parallel),
            Dense(
                name: "guide.decoder.1", inputs: ManifoldEncoder.hiddenUnits, outputs: imageSize,
                initialization: .xavierUniform, random: &random, parallel: parallel),
            Tanh(parallel: parallel),
        ])
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
