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
