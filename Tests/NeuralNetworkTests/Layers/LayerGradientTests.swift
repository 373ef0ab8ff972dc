import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite("Backward passes agree with central differences")
struct LayerGradientTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("dense", arguments: [1, 2])
    func dense(threads: Int) {
        var random = RandomSource(seed: seed)
        let layer = Dense(
            name: "dense", inputs: 7, outputs: 5, initialization: .xavierUniform, random: &random,
            parallel: Parallel(threads: threads))
        checkGradients(of: layer, input: randomTensor([6, 7], seed: seed), seed: seed)
    }

    @Test("convolution of any kernel, stride and number of threads, also where the stride leaves a rest")
    func convolution() {
        var random = RandomSource(seed: seed)
        for (kernel, stride) in [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (2, 2), (3, 2), (4, 2), (5, 2)] {
            for (height, threads) in [(6, 1), (6, 2), (7, 2)] {
                let layer = Convolution(
                    name: "convolution \(kernel)/\(stride)", inputHeight: height, inputWidth: 4,
                    inputChannels: 3, outputChannels: 2, kernel: kernel, stride: stride,
                    initialization: .heNormal, random: &random, parallel: Parallel(threads: threads))
                checkGradients(of: layer, input: randomTensor([3, height, 4, 3], seed: seed), seed: seed)
            }
        }
    }

    @Test("transposed convolution of any kernel, stride and number of threads")
    func transposedConvolution() {
        var random = RandomSource(seed: seed)
        for (kernel, stride) in [(1, 1), (3, 1), (5, 1), (2, 2), (3, 2), (4, 2), (5, 2)] {
            for threads in 1...2 {
                let layer = TransposedConvolution(
                    name: "transposed \(kernel)/\(stride)", inputHeight: 3, inputWidth: 2, inputChannels: 3,
                    outputChannels: 2, kernel: kernel, stride: stride, initialization: .heNormal,
                    random: &random, parallel: Parallel(threads: threads))
                checkGradients(of: layer, input: randomTensor([3, 3, 2, 3], seed: seed), seed: seed)
            }
        }
    }

    @Test("batch normalization", arguments: [1, 2])
    func batchNormalization(threads: Int) {
        let layer = BatchNormalization(
            name: "normalization", channels: 3, parallel: Parallel(threads: threads))
        layer.scale.value.pointer[1] = 0.5
        layer.shift.value.pointer[2] = -0.25
        checkGradients(of: layer, input: randomTensor([8, 2, 2, 3], seed: seed), seed: seed)
    }

    @Test("ReLU and LeakyReLU", arguments: [Float(0), 0.2])
    func rectifier(slope: Float) {
        let input = randomTensor([5, 9], seed: seed)
        // Away from the kink, where there is no derivative to compare with.
        for index in 0..<input.count where abs(input.pointer[index]) < 0.05 { input.pointer[index] = 0.5 }
        checkGradients(of: Rectifier(slope: slope, parallel: Parallel(threads: 1)), input: input, seed: seed)
    }

    @Test("tanh")
    func tanh() {
        checkGradients(
            of: Tanh(parallel: Parallel(threads: 1)), input: randomTensor([5, 9], seed: seed), seed: seed)
    }

    @Test("dropout under equal masks")
    func dropout() {
        var random = RandomSource(seed: seed)
        let layer = Dropout(rate: 0.3, random: &random, parallel: Parallel(threads: 2))
        checkGradients(
            of: layer, input: randomTensor([5, 9], seed: seed), seed: seed,
            beforeForward: { layer.restart(rate: 0.3, seed: 7) }
        )
    }

    @Test("minibatch deviation, beside positions and beside plain features", arguments: [1, 4])
    func minibatchDeviation(positions: Int) {
        checkGradients(
            of: MinibatchDeviation(channels: 3), input: randomTensor([5, positions, 3], seed: seed),
            seed: seed)
    }

    @Test("label projection")
    func labelProjection() {
        var random = RandomSource(seed: seed)
        let projection = LabelProjection(name: "projection", features: 6, classes: 3, random: &random)
        checkGradients(
            of: FixedLabels(projection, labels: [0, 2, 1, 2]), input: randomTensor([4, 6], seed: seed),
            seed: seed)
    }

    @Test("layers in sequence")
    func sequence() {
        var random = RandomSource(seed: seed)
        let parallel = Parallel(threads: 2)
        let layers = Sequential([
            Convolution(
                name: "0", inputHeight: 4, inputWidth: 4, inputChannels: 2, outputChannels: 3, kernel: 4,
                stride: 2, hasBias: false, initialization: .xavierUniform, random: &random, parallel: parallel
            ),
            BatchNormalization(name: "1", channels: 3, parallel: parallel), Tanh(parallel: parallel),
            Dense(
                name: "2", inputs: 12, outputs: 4, initialization: .xavierUniform, random: &random,
                parallel: parallel),
        ])
        checkGradients(of: layers, input: randomTensor([6, 4, 4, 2], seed: seed), seed: seed)
    }
}

/// `LabelProjection` as a layer, under labels fixed beforehand.
private final class FixedLabels: Layer {
    private let projection: LabelProjection
    private let labels: [UInt8]

    init(_ projection: LabelProjection, labels: [UInt8]) {
        self.projection = projection
        self.labels = labels
    }

    var parameters: [Parameter] { projection.parameters }

    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        projection.forward(input, labels: labels, mode)
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        projection.backward(outputGradient, wanted: wanted)
    }
}
