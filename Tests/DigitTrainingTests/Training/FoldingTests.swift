import NeuralNetwork
import Testing
import DigitModel

@testable import DigitTraining

@Suite("Folding batch normalization")
struct FoldingTests {
    @Test("a folded dense layer computes what layer and normalization computed")
    func dense() {
        var random = RandomSource(seed: 4)
        let parallel = Parallel(threads: 1)
        let network = GeneratorNetwork(
            architecture: ModelName.cdcgan.architecture, isBatchNormalized: true, initialization: .heNormal,
            random: &random, parallel: parallel)
        let latents = LatentBatch(architecture: network.architecture)
        let batch = latents.draw(labels: (0..<20).map { UInt8($0 % 10) }, random: &random)
        network.measureStatistics(over: [batch])
        // As training leaves them: untrained ones are 1 and 0, and would not be missed.
        for parameter in network.parameters {
            for index in 0..<parameter.value.count {
                parameter.value.pointer[index] += Float.random(in: -0.05...0.05, using: &random)
            }
        }

        let block = network.blocks[0]
        let expected = block.normalization?.forward(block.linear.layer.forward(batch, .inference), .inference)
        let folded = network.folded().layers[0]
        let inputs = network.architecture.inputSize
        for row in 0..<20 {
            for output in stride(from: 0, to: 3136, by: 131) {
                let sum = (0..<inputs).reduce(folded.biases[output]) {
                    $0 + folded.weights[output * inputs + $1] * batch.pointer[row * inputs + $1]
                }
                #expect(abs(sum - (expected?.pointer[row * 3136 + output] ?? .nan)) < 1e-4)
            }
        }
    }

    @Test("a folded convolutional generator draws the pixels that its layers and normalizations computed")
    func convolutional() throws {
        var random = RandomSource(seed: 4)
        let parallel = Parallel(threads: 1)
        var architecture = Architecture(latentSize: 5, classCount: 0, labelScale: 0, layers: [])
        architecture.appendDense(Volume(height: 7, width: 7, channels: 3), activation: .relu)
        architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 4, activation: .leakyReLU)
        architecture.appendConvolution(kernel: 3, stride: 1, channels: 3, activation: .relu)
        architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 1, activation: .tanh)
        let network = GeneratorNetwork(
            architecture: architecture, isBatchNormalized: true, initialization: .heNormal, random: &random,
            parallel: parallel)
        for block in network.blocks {
            // Only the last layer has one.
            block.linear.fillBias(0.3)
            if let normalization = block.normalization { randomize(normalization, &random) }
        }

        let inputs = LatentBatch(architecture: architecture).draw(labels: [0, 0, 0], random: &random)
        let expected = network.forward(inputs, .inference).elements.map { 127.5 * ($0 + 1) }
        let pixels = try FloatGenerator(network.folded(), parallel: parallel).pixels(inputs).elements
        #expect(pixels.count == 3 * 784 && expected.count == pixels.count)
        // Four layers, each rounded in another way, are off by some millionths of the range of 255.
        let largest = zip(pixels, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(largest < 0.01, "\(largest) levels")
        let (darkest, brightest) = (expected.min() ?? 0, expected.max() ?? 0)
        #expect(brightest - darkest > 50, "pixels hardly differ: \(darkest) to \(brightest)")
    }

    /// Sets statistics, scale and shift such that channels differ in the factor that is folded in, and in its sign, and
    /// activations keep about the same size.
    private func randomize(_ normalization: BatchNormalization, _ random: inout RandomSource) {
        for channel in 0..<normalization.mean.value.count {
            // The first channel varies so little that ε matters.
            let variance =
                channel == 0 ? BatchNormalization.epsilon : Float.random(in: 0.3...2, using: &random)
            let factor = Float.random(in: 0.5...1.5, using: &random)
            let sign: Float = Bool.random(using: &random) ? 1 : -1
            normalization.mean.value.pointer[channel] = Float.random(in: -0.5...0.5, using: &random)
            normalization.variance.value.pointer[channel] = variance
            normalization.scale.value.pointer[channel] = sign * factor * variance.squareRoot()
            normalization.shift.value.pointer[channel] = Float.random(in: -0.5...0.5, using: &random)
        }
    }

    @Test("a transposed convolution's weights are exported outputs first")
    func layout() {
        var random = RandomSource(seed: 4)
        let network = GeneratorNetwork(
            architecture: ModelName.cdcgan.architecture, isBatchNormalized: false, initialization: .heNormal,
            random: &random, parallel: Parallel(threads: 1))
        guard case .transposedConvolution(let layer) = network.blocks[1].linear else {
            Issue.record("the second layer is a transposed convolution")
            return
        }
        let folded = network.folded().layers[1].weights
        let (output, tap, input) = (5, 7, 11)
        #expect(
            folded[(output * 16 + tap) * 64 + input]
                == layer.linear.weight.value.pointer[(tap * 32 + output) * 64 + input])
    }
}
