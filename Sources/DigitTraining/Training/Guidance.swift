import DigitModel
import NeuralNetwork

/// A remedy for mode collapse in the training of an unconditional model.
package enum Guidance: String, Sendable, CaseIterable {
    case none
    /// A second discriminator sees the images through a frozen encoder: see `ManifoldGuide`.
    case manifold
    /// D sees how much the images of a batch differ: see `MinibatchDeviation`.
    case minibatchDeviation = "minibatch-deviation"

    /// Returns true if the model can be trained with it. A conditional model cannot leave a class out.
    package func suits(_ model: ModelName) -> Bool {
        self == .none || !model.architecture.isConditional
    }

    /// The names of the guidances that suit the model, for messages.
    package static func names(for model: ModelName) -> String {
        allCases.filter { $0.suits(model) }.map(\.rawValue).joined(separator: ", ")
    }

    /// The guidance in a recipe's summary; nil for none.
    var summary: String? {
        switch self {
        case .none: nil
        case .manifold: "guided in the latent space of an autoencoder"
        case .minibatchDeviation: "minibatch standard deviation"
        }
    }
}

/// The guidance network of MGGAN (Bang and Shim 2018, "Solving Mode Collapse using Manifold Guided Training"): a frozen
/// encoder E of the data's manifold, and a critic C, a second discriminator that tells E(x) of real images from
/// E(G(z)). G is to convince both D and C.
///
/// D judges how an image looks, C where it lies among the data: a generator that leaves out a part of the data lets C
/// tell that part as real.
final class ManifoldGuide {
    private static let hiddenUnits = 256

    private let encoder: ManifoldEncoder
    private let critic: Sequential
    let optimizer: Adam
    private var random: RandomSource

    /// - Parameters:
    ///   - image: of an image.
    ///   - settings: of the critic's optimizer.
    ///   - seed: of a random source apart from the trainer's.
    init(image: Volume, settings: Adam.Settings, seed: UInt64, parallel: Parallel) {
        var random = RandomSource(seed: seed ^ 0x6D61_6E69_666F_6C64)
        encoder = ManifoldEncoder(image: image, random: &random, parallel: parallel)
        critic = ManifoldGuide.makeCritic(
            latentSize: encoder.latentSize, random: &random, parallel: parallel)
        optimizer = Adam(critic.parameters, settings: settings, parallel: parallel)
        self.random = random
    }

    /// Encoder and critic: what a checkpoint keeps.
    var parameters: [Parameter] { encoder.parameters + critic.parameters }

    /// Learns the manifold: to be done once, before the first step. See `ManifoldEncoder.learn`.
    func learn(from images: any TrainingImages, shouldContinue: () -> Bool) -> Bool {
        encoder.learn(from: images, random: &random, shouldContinue: shouldContinue)
    }

    /// Takes one step of the critic on binary cross-entropy.
    func updateCritic(real: Tensor, generated: Tensor, learningRate: Float) {
        let coordinates = encoder.forward(Tensor.concatenated([real, generated]), .inference)
        let scores = critic.forward(coordinates, .training)
        let count = real.batch
        let gradients = [
            BinaryCrossEntropy.real(scores.rows(0..<count)).gradient,
            BinaryCrossEntropy.generated(scores.rows(count..<2 * count)).gradient,
        ]
        _ = critic.backward(Tensor.concatenated(gradients), wanted: .parameters)
        optimizer.step(learningRate: learningRate)
    }

    /// G's loss before the critic, and its gradient with respect to the generated images.
    func generatorLoss(_ generated: Tensor, form: BinaryCrossEntropy.GeneratorForm) -> LossValue {
        let scores = critic.forward(encoder.forward(generated, .training), .training)
        let loss = BinaryCrossEntropy.generator(scores, form: form)
        guard let coordinateGradient = critic.backward(loss.gradient, wanted: .input),
            let gradient = encoder.imageGradient(coordinateGradient)
        else { preconditionFailure("the gradient of the input was asked for") }
        return LossValue(value: loss.value, gradient: gradient)
    }

    /// `latentSize` → 256 → 256 → 1, LeakyReLU 0.2.
    private static func makeCritic(
        latentSize: Int, random: inout RandomSource, parallel: Parallel
    ) -> Sequential {
        func dense(_ index: Int, inputs: Int, outputs: Int) -> Dense {
            Dense(
                name: "guide.critic.\(index)", inputs: inputs, outputs: outputs, initialization: .heNormal,
                random: &random, parallel: parallel)
        }
        return Sequential([
            dense(0, inputs: latentSize, outputs: hiddenUnits), Rectifier(slope: 0.2, parallel: parallel),
            dense(1, inputs: hiddenUnits, outputs: hiddenUnits), Rectifier(slope: 0.2, parallel: parallel),
            dense(2, inputs: hiddenUnits, outputs: 1),
        ])
    }
}

/// The encoder of an autoencoder: images to the coordinates of the manifold that the data lie on.
///
/// x → dense 512 → LeakyReLU 0.2 → dense `latentSize`, and the reverse with tanh at the end. It is trained once to
/// reconstruct the images (mean squared error, Adam, three passes). Then its outputs are scaled to mean 0 and
/// deviation 1 over the data, and it is frozen.
final class ManifoldEncoder {
    private static let hiddenUnits = 512
    private static let passes = 3
    private static let batchSize = 128
    private static let schedule = LearningRateSchedule.cosine(peak: 1e-3, end: 1e-5, hold: 0.3)
    /// The number of images that the mean and deviation of the outputs are measured over.
    private static let measuredCount = 5_000

    /// The number of elements in an image.
    let imageSize: Int
    let latentSize: Int
    private let hidden: Dense
    private let output: Dense
    private let network: Sequential
    private let parallel: Parallel

    /// An untrained encoder with 32 coordinates for each channel of an image.
    init(image: Volume, random: inout RandomSource, parallel: Parallel) {
        imageSize = image.count
        self.parallel = parallel
        latentSize = 32 * image.channels
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
