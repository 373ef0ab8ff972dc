import DigitModel
import NeuralNetwork

/// The guidance network of MGGAN (Bang and Shim 2018, "Solving Mode Collapse using Manifold Guided Training"): a frozen
/// encoder E of the data's manifold, and a critic C, a second discriminator that tells E(x) of real images from
/// E(G(z)). G is to convince both D and C.
///
/// D judges how an image looks, C where it lies among the data: a generator that leaves out a part of the data lets C
/// tell that part as real.
///
/// Both are trained by the relativistic pairing loss with R1 and R2 (see `RelativisticStep`), C on coordinates. By
/// cross-entropy without penalties C soon tells coordinates with certainty, for E knows nothing of images unlike the
/// data, and G follows C's unbounded slopes to a few images.
final class ManifoldGuide {
    private static let hiddenUnits = 256

    private let encoder: ManifoldEncoder
    private let critic: Sequential
    let optimizer: Adam
    private var random: RandomSource
    private let penalty: FiniteDifferencePenalty

    /// - Parameters:
    ///   - size: of the encoder.
    ///   - image: of an image.
    ///   - settings: of the critic's optimizer.
    ///   - penalty: on the critic's slopes, its step in deviations of a coordinate.
    ///   - seed: of a random source apart from the trainer's.
    init(
        encoder size: ManifoldEncoder.Size = .images, image: Volume, settings: Adam.Settings,
        penalty: FiniteDifferencePenalty, seed: UInt64, parallel: Parallel
    ) {
        self.penalty = penalty
        var random = RandomSource(seed: seed ^ 0x6D61_6E69_666F_6C64)
        encoder = ManifoldEncoder(size, image: image, random: &random, parallel: parallel)
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

    /// Takes one step of the critic.
    func updateCritic(real: Tensor, generated: Tensor, learningRate: Float, random: inout RandomSource) {
        let coordinates = encoder.forward(Tensor.concatenated([real, generated]), .inference)
        accumulate(coordinates, displaced: penalty.displaced(coordinates, random: &random))
        optimizer.step(learningRate: learningRate)
    }

    /// Adds the gradients of the critic's loss on coordinates, those of real images in the first half, and returns the
    /// loss.
    @discardableResult
    func accumulate(_ coordinates: Tensor, displaced: Tensor) -> Float {
        let scores = critic.forward(Tensor.concatenated([coordinates, displaced]), .training)
        let loss = RelativisticPairing.discriminator(scores, penalty: penalty)
        _ = critic.backward(loss.gradient, wanted: .parameters)
        return loss.value
    }

    /// G's loss before the critic, and its gradient with respect to the generated images.
    func generatorLoss(real: Tensor, generated: Tensor) -> LossValue {
        let realScores = critic.forward(encoder.forward(real, .inference), .inference)
        let scores = critic.forward(encoder.forward(generated, .training), .training)
        let loss = RelativisticPairing.generator(real: realScores, generated: scores)
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
