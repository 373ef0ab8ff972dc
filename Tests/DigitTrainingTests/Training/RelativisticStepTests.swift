import DigitModel
import NeuralNetwork
import Platform
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Relativistic step")
struct RelativisticStepTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("G's gradient agrees with central differences where D looks at each image for itself")
    func apart() {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 2)
        check(
            PlainDiscriminator(
                Sequential([
                    Dense(
                        name: "0", inputs: 6, outputs: 4, initialization: .heNormal, random: &random,
                        parallel: parallel),
                    Tanh(parallel: parallel),
                    Dense(
                        name: "1", inputs: 4, outputs: 1, initialization: .heNormal, random: &random,
                        parallel: parallel),
                ])))
    }

    @Test("G's gradient agrees with central differences where D normalizes over real and generated images")
    func joined() {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 2)
        let discriminator = PlainDiscriminator(
            Sequential([
                Dense(
                    name: "0", inputs: 6, outputs: 4, hasBias: false, initialization: .heNormal,
                    random: &random, parallel: parallel),
                BatchNormalization(name: "1", channels: 4, parallel: parallel), Tanh(parallel: parallel),
                Dense(
                    name: "2", inputs: 4, outputs: 1, initialization: .heNormal, random: &random,
                    parallel: parallel),
            ]))
        #expect(discriminator.comparesImages)
        check(discriminator)
    }

    @Test("D's gradient agrees with central differences of pairing, R1, R2, class and style terms together")
    func discriminatorGradient() {
        let loss = WholeDiscriminatorLoss(AuxiliarySample(seed: seed))
        checkGradients(of: loss, input: Tensor(repeating: 0, shape: [1, 1]), seed: seed)
        let (reported, terms) = (Double(loss.accumulate().loss), loss.terms)
        #expect(abs(reported - terms.adversarial) < 1e-4, "seed \(seed)")
        #expect(terms.auxiliary > 0.1, "seed \(seed)")
    }

    @Test("G's gradient agrees with central differences of pairing, class and style terms together")
    func generatorGradient() {
        let sample = AuxiliarySample(seed: seed)
        let loss = WholeGeneratorLoss(sample)
        checkGradients(of: loss, input: sample.generated, seed: seed)
        let (reported, terms) = (Double(loss.judge().loss), loss.terms(sample.generated))
        #expect(abs(reported - terms.adversarial) < 1e-4, "seed \(seed)")
        #expect(terms.auxiliary > 0.1, "seed \(seed)")
        #expect(
            sample.discriminator.parameters.allSatisfy { $0.gradient.elements.allSatisfy { $0 == 0 } },
            "D would learn from G's loss")
    }

    private func check(_ discriminator: PlainDiscriminator) {
        let loss = GeneratorLoss(discriminator: discriminator, real: randomTensor([5, 6], seed: seed + 1))
        checkGradients(of: loss, input: randomTensor([5, 6], seed: seed + 2), seed: seed)
    }
}

/// G's loss as a layer: generated images to one number. Real images keep the scores that they first got.
private final class GeneratorLoss: Layer {
    private let discriminator: PlainDiscriminator
    private let real: Tensor
    private let labels: [UInt8]
    private var realScores: Tensor?
    private var generated: Tensor?

    init(discriminator: PlainDiscriminator, real: Tensor) {
        self.discriminator = discriminator
        self.real = real
        labels = [UInt8](repeating: 0, count: real.batch)
    }

    var parameters: [Parameter] { [] }

    func forward(_ generated: Tensor, _ mode: ForwardMode) -> Tensor {
        let count = generated.batch
        let images = Tensor.concatenated([real, generated])
        let scores = discriminator.forward(images, labels: labels + labels, .training).scores
        let fixed = realScores ?? scores.rows(0..<count)
        (realScores, self.generated) = (fixed, generated)
        let loss = RelativisticPairing.generator(real: fixed, generated: scores.rows(count..<2 * count))
        return Tensor([loss.value], shape: [1, 1])
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let generated else { return nil }
        let gradient = RelativisticStep(.forPlainDiscriminator).judge(
            discriminator, real: real, generated: generated, labels: labels
        ).imageGradient
        return gradient.map { gradient in
            Tensor(gradient.elements.map { $0 * outputGradient.pointer[0] }, shape: gradient.shape)
        }
    }
}

/// A small D that classifies and measures styles, and four pairs of images for it.
private struct AuxiliarySample {
    /// The pairing loss with penalties, and the terms of the auxiliary classifier and regression.
    typealias Terms = (adversarial: Double, auxiliary: Double)

    let discriminator: ProjectionDiscriminator
    let labels: [UInt8] = [2, 0, 1, 2]
    let real: Tensor
    let generated: Tensor
    let styles: StyleBatch
    let settings: RelativisticSettings
    /// Where the noise between images begins.
    let noise: RandomSource
    /// Real images, generated ones, and both displaced.
    let images: Tensor

    private static let image = Volume(height: 6, width: 6, channels: 1)
    private static let widths = ProjectionDiscriminator.Widths(first: 2, second: 3, third: 2, features: 5)

    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let image = AuxiliarySample.image
        discriminator = ProjectionDiscriminator(
            widths: AuxiliarySample.widths, classes: 3, image: image, looksAtStyles: true, random: &random,
            parallel: Parallel(threads: 1))
        real = randomTensor([4, image.count], seed: seed + 1)
        generated = randomTensor([4, image.count], seed: seed + 2)
        styles = StyleBatch(
            coordinates: randomTensor([4, StyleMeasures.count], seed: seed + 3),
            targets: randomTensor([4, StyleMeasures.count], seed: seed + 4))
        var settings = RelativisticSettings()
        // A long one: the scores' rounding is divided by its square.
        settings.penaltyStep = 0.5
        // Different ones, and none so small that its term would not be missed.
        (settings.realClassWeight, settings.generatedClassWeight) = (0.5, 0.4)
        settings.style = StyleSettings(realWeight: 0.3, generatedWeight: 0.2)
        self.settings = settings
        noise = random
        let penalty = FiniteDifferencePenalty(strength: settings.penaltyStrength, step: settings.penaltyStep)
        let displaced = [real, generated].map { penalty.displaced($0, random: &random) }
        images = Tensor.concatenated([real, generated] + displaced)
        avoidKinks()
    }

    /// Sets the biases before D's rectifiers so that each channel has one sign over all images, positive and negative
    /// by turns: in so small a network, differences that straddle a kink are off by more than the tolerance.
    private func avoidKinks() {
        var random = RandomSource(seed: 0)
        let parallel = Parallel(threads: 1)
        let trunk = ConvolutionTrunk(
            image: AuxiliarySample.image, AuxiliarySample.widths.steps, initialization: .heNormal,
            random: &random, parallel: parallel)
        let dense = Dense(
            name: "dense", inputs: trunk.output.count, outputs: AuxiliarySample.widths.features,
            initialization: .heNormal, random: &random, parallel: parallel)
        var parameters = discriminator.parameters[...]
        var values = images
        let layers: [any Layer] = trunk.layers + [dense]
        for layer in layers {
            if let linear = (layer as? any LinearLayer)?.linear, let bias = linear.bias {
                let (weight, discriminatorBias) = (parameters.removeFirst(), parameters.removeFirst())
                linear.weight.value.pointer.update(from: weight.value.pointer, count: weight.value.count)
                let sums = layer.forward(values, .inference).elements
                for channel in 0..<linear.channels {
                    let line = stride(from: channel, to: sums.count, by: linear.channels).map { sums[$0] }
                    let (least, most) = (line.min() ?? 0, line.max() ?? 0)
                    let value: Float = channel.isMultiple(of: 2) ? 0.5 - least : -0.5 - most
                    bias.value.pointer[channel] = value
                    discriminatorBias.value.pointer[channel] = value
                }
            }
            values = layer.forward(values, .inference)
        }
    }

    /// The mean of softplus(lower − higher), of scores that are to be the higher ones and of those of their pairs.
    func pairing(higher: Tensor, lower: Tensor) -> Double {
        mean { row in
            let margin = Double(higher.pointer[row]) - Double(lower.pointer[row])
            return log1p(exp(-margin))
        }
    }

    /// γ/2 · mean((D(x) − D(x + σn))²) / σ².
    func penalty(_ scores: Tensor, displaced: Tensor) -> Double {
        let step = Double(settings.penaltyStep)
        return mean { row in
            let slope = (Double(displaced.pointer[row]) - Double(scores.pointer[row])) / step
            return Double(settings.penaltyStrength) / 2 * slope * slope
        }
    }

    /// Cross-entropy and squared error of an output's first rows, weighted.
    func auxiliary(_ output: DiscriminatorOutput, classWeight: Float, styleWeight: Float) -> Double {
        guard let logits = output.classLogits, let measures = output.styles else { return .nan }
        let entropy = mean { row in
            let line = (0..<3).map { Double(logits.pointer[row * 3 + $0]) }
            let sum = line.map { exp($0) }.reduce(0, +)
            return log(sum) - line[Int(labels[row])]
        }
        let error = mean { row in
            let indices = row * StyleMeasures.count..<(row + 1) * StyleMeasures.count
            let differences = indices.map { Double(measures.pointer[$0] - styles.targets.pointer[$0]) }
            return differences.map { $0 * $0 }.reduce(0, +)
        }
        return Double(classWeight) * entropy + Double(styleWeight) * error
    }

    private func mean(_ term: (_ row: Int) -> Double) -> Double {
        labels.indices.map(term).reduce(0, +) / Double(labels.count)
    }
}

/// D's whole loss as a layer with D's parameters. It does not depend on the layer's input: D's images are fixed, and so
/// is the noise between them.
private final class WholeDiscriminatorLoss: Layer {
    private let sample: AuxiliarySample

    init(_ sample: AuxiliarySample) {
        self.sample = sample
    }

    var parameters: [Parameter] { sample.discriminator.parameters }

    /// The loss by its definition.
    var terms: AuxiliarySample.Terms {
        let output = sample.discriminator.forward(
            sample.images, labels: sample.labels + sample.labels + sample.labels + sample.labels,
            styles: Tensor.concatenated([Tensor](repeating: sample.styles.coordinates, count: 4)), .inference)
        let scores = (0..<4).map { output.scores.rows(4 * $0..<4 * $0 + 4) }
        let pairing = sample.pairing(higher: scores[0], lower: scores[1])
        let realPenalty = sample.penalty(scores[0], displaced: scores[2])
        let generatedPenalty = sample.penalty(scores[1], displaced: scores[3])
        let auxiliary = sample.auxiliary(
            output, classWeight: sample.settings.realClassWeight,
            styleWeight: sample.settings.style?.realWeight ?? .nan)
        return (pairing + realPenalty + generatedPenalty, auxiliary)
    }

    /// Adds the gradients that the step computes.
    func accumulate() -> (loss: Float, real: Float, generated: Float) {
        var random = sample.noise
        return RelativisticStep(sample.settings).accumulate(
            sample.discriminator,
            RealBatch(images: sample.real, labels: sample.labels, styles: sample.styles),
            generated: sample.generated, random: &random)
    }

    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let terms = terms
        return Tensor([Float(terms.adversarial + terms.auxiliary)], shape: [1, 1])
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        _ = accumulate()
        for gradient in parameters.map(\.gradient) {
            for index in 0..<gradient.count { gradient.pointer[index] *= outputGradient.pointer[0] }
        }
        return Tensor(repeating: 0, shape: [1, 1])
    }
}

/// G's whole loss as a layer: generated images to one number.
private final class WholeGeneratorLoss: Layer {
    private let sample: AuxiliarySample

    init(_ sample: AuxiliarySample) {
        self.sample = sample
    }

    /// The loss by its definition.
    func terms(_ generated: Tensor) -> AuxiliarySample.Terms {
        let (coordinates, labels) = (sample.styles.coordinates, sample.labels)
        let real = sample.discriminator.forward(sample.real, labels: labels, styles: coordinates, .inference)
        let output = sample.discriminator.forward(generated, labels: labels, styles: coordinates, .inference)
        let auxiliary = sample.auxiliary(
            output, classWeight: sample.settings.generatedClassWeight,
            styleWeight: sample.settings.style?.generatedWeight ?? .nan)
        return (sample.pairing(higher: output.scores, lower: real.scores), auxiliary)
    }

    /// The loss and its gradient as the step computes them.
    func judge() -> RelativisticStep.GeneratorPass {
        RelativisticStep(sample.settings).judge(
            sample.discriminator, real: sample.real, generated: sample.generated, labels: sample.labels,
            styles: sample.styles)
    }

    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let terms = terms(input)
        return Tensor([Float(terms.adversarial + terms.auxiliary)], shape: [1, 1])
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        judge().imageGradient.map { gradient in
            Tensor(gradient.elements.map { $0 * outputGradient.pointer[0] }, shape: gradient.shape)
        }
    }
}
