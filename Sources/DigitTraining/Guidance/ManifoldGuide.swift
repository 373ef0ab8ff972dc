import NeuralNetwork

/// The guidance network of MGGAN (Bang and Shim 2018, "Solving Mode Collapse using Manifold Guided Training"): a frozen
/// encoder E of the data's manifold, and a critic C, a second discriminator that tells E(x) of real images from
/// E(G(z)). G is to convince both D and C.
///
/// Where D judges how an image looks, C judges where images lie among all that the data hold; a generator that leaves
/// a part of them out leaves C a place where whatever comes is real.
final class ManifoldGuide {
    private static let hiddenUnits = 256

    private let encoder: ManifoldEncoder
    private let critic: Sequential
    let optimizer: Adam
    private var random: RandomSource

    /// - Parameters:
    ///   - imageSize: elements of an image.
    ///   - settings: of the critic's optimizer.
    ///   - seed: of a random source apart from the trainer's.
    init(imageSize: Int, settings: Adam.Settings, seed: UInt64, parallel: Parallel) {
        var random = RandomSource(seed: seed ^ 0x6D61_6E69_666F_6C64)
        encoder = ManifoldEncoder(imageSize: imageSize, random: &random, parallel: parallel)
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

    /// One step of the critic on binary cross-entropy.
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
