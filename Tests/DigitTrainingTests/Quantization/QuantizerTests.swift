import DigitGen
import NeuralNetwork
import TestSupport
import Testing
import DigitModel

@testable import DigitTraining

@Suite("Quantizer")
struct QuantizerTests {
    private let parallel = Parallel(threads: 1)

    /// What a generator's layers are.
    enum Layers: CaseIterable {
        case dense
        case convolutional
        /// A dense layer reads a convolution.
        case mixed
    }

    /// A generator with few channels, random weights and biases.
    private func generator(_ random: inout RandomSource, _ layers: Layers) -> FoldedGenerator {
        var architecture = Architecture(latentSize: 12, classCount: 10, labelScale: 2, layers: [])
        switch layers {
        case .dense:
            architecture.appendDense(Volume(height: 1, width: 1, channels: 24), activation: .leakyReLU)
            architecture.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
        case .convolutional:
            architecture.appendDense(Volume(height: 7, width: 7, channels: 6), activation: .relu)
            architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 4, activation: .relu)
            architecture.appendConvolution(kernel: 3, stride: 1, channels: 5, activation: .leakyReLU)
            architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 1, activation: .tanh)
        case .mixed:
            architecture.appendDense(Volume(height: 7, width: 7, channels: 6), activation: .relu)
            architecture.appendConvolution(kernel: 3, stride: 1, channels: 5, activation: .leakyReLU)
            architecture.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
        }
        let layers = architecture.layers.map { layer in
            let scale = (3 / Float(layer.weightsPerOutput)).squareRoot()
            return FoldedGenerator.LayerWeights(
                weights: (0..<layer.weightCount).map { _ in scale * (2 * random.uniform() - 1) },
                biases: (0..<layer.outputChannels).map { _ in random.uniform() - 0.5 })
        }
        return FoldedGenerator(architecture: architecture, layers: layers)
    }

    /// A generator of ink whose field is smooth: each of its sums is a mean over several inputs.
    private func inkGenerator(_ random: inout RandomSource) -> FoldedGenerator {
        var architecture = Architecture(latentSize: 12, classCount: 10, labelScale: 2, layers: [])
        architecture.appendDense(Volume(height: 7, width: 7, channels: 6), activation: .relu)
        architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 5, activation: .relu)
        architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 4, activation: .relu)
        architecture.appendConvolution(kernel: 3, stride: 1, channels: 1, activation: .ink)
        let last = architecture.layers.count - 1
        let layers = architecture.layers.enumerated().map { index, layer in
            let channels = layer.input.channels
            return FoldedGenerator.LayerWeights(
                weights: (0..<layer.weightCount).map { place in
                    guard index == last else { return random.uniform() - 0.4 }
                    return place % channels < channels / 2 ? 1 : -1
                },
                biases: (0..<layer.outputChannels).map { _ in index == last ? 0 : random.uniform() - 0.5 })
        }
        return FoldedGenerator(architecture: architecture, layers: layers)
    }

    @Test("a quantized generator of ink draws the float one's ink", arguments: 2...4)
    func ink(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let generator = inkGenerator(&random)
        let model = try Quantizer(generator, parallel: parallel).quantize(calibration: inputs(generator, 50))
        try model.validate()
        #expect(model.pixels.isEmpty)
        let exact = try FloatGenerator(generator, parallel: parallel).draw(ImageKey.inTurn(0..<20, seed: 6))
        // Seed 1 would fill the square with ink, and a scan of 20 pixels has no gray.
        #expect(Set(exact).count > 20, "seed \(seed)")
        // A box that is a pixel larger moves every level; most images have the same.
        let error = try difference(model, generator)
        #expect(error < 12, "seed \(seed)")
    }

    private func inputs(_ generator: FoldedGenerator, _ count: Int) -> Tensor {
        SampledInputs.inputs(ImageKey.inTurn(0..<count, seed: 5), for: generator.architecture)
    }

    private func difference(_ model: QuantizedModel, _ generator: FoldedGenerator) throws -> Double {
        try QuantizedGenerator.pixelDifference(
            model, generator, keys: ImageKey.inTurn(0..<20, seed: 6), parallel: parallel)
    }

    @Test(
        "a run's generator draws in float32 what its bundle draws, but for the quantization",
        arguments: Layers.allCases)
    func floatGenerator(layers: Layers) throws {
        var random = RandomSource(seed: 9)
        let generator = generator(&random, layers)
        let model = try Quantizer(generator, parallel: parallel)
            .quantize(calibration: inputs(generator, Rounds.count(20, full: 100)))
        let keys = ImageKey.inTurn(0..<600, seed: 6)
        let exact = try FloatGenerator(generator, parallel: parallel).draw(keys)
        var pixels = [UInt8](repeating: 0, count: keys.count * 784)
        pixels.withUnsafeMutableBufferPointer {
            InferencePlan(model, tier: KernelTier.available[0]).run(keys, into: $0)
        }
        let difference = zip(exact, pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(exact.count == pixels.count && Set(exact).count > 20)
        #expect(Double(difference) / Double(pixels.count) < 5)
    }

    @Test("weights whose sums leave float32 are refused with the layer", arguments: [1e37, 1e20] as [Float])
    func overflow(size: Float) throws {
        var random = RandomSource(seed: 9)
        var generator = generator(&random, .dense)
        generator.layers[0].weights = generator.layers[0].weights.map { $0 * size }
        generator.layers[1].weights = generator.layers[1].weights.map { $0 * size }
        let inputs = inputs(generator, 100)
        let error = #expect(throws: QuantizationError.self) {
            try Quantizer(generator, parallel: parallel).quantize(calibration: inputs)
        }
        guard case .notFinite = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("calibration computes what the runtime computes", arguments: Layers.allCases, 1...2)
    func matchesRuntime(layers: Layers, seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let generator = generator(&random, layers)
        let model = try Quantizer(generator, parallel: parallel).quantize(calibration: inputs(generator, 5))
        let keys = ImageKey.inTurn(0..<12, seed: seed)
        var pixels = [UInt8](repeating: 0, count: keys.count * 784)
        pixels.withUnsafeMutableBufferPointer {
            InferencePlan(model, tier: KernelTier.available[0]).run(keys, into: $0)
        }

        let arithmetic = QuantizedArithmetic(parallel: parallel)
        var codes = QuantizedArithmetic.inputCodes(
            SampledInputs.inputs(keys, for: model.architecture), steps: model.latentSteps)
        var scale = model.latentScale
        for (layer, numbers) in zip(model.architecture.layers, model.layers) {
            let accumulators = arithmetic.accumulate(layer, codes, numbers.weights)
            codes = arithmetic.requantize(accumulators, layer, numbers, inputScale: scale)
            scale = numbers.outputScale
        }
        let zero = try Int(#require(model.layers.last).outputZeroPoint)
        #expect(pixels == codes.elements.map { model.pixels[Int($0) + zero] }, "seed \(seed)")
    }

    @Test("training draws its latents from the runtime's codes")
    func latents() {
        var random = RandomSource(seed: 1)
        let architecture = ModelName.cdcgan.architecture
        let drawn = LatentBatch(architecture: architecture).draw(
            labels: [3, 3, 3, 3, 3, 3, 3, 3], random: &random)
        let codes = Set(LatentCodes.table)
        for row in 0..<8 {
            let line = (0..<74).map { (44 * drawn.pointer[row * 74 + $0]).rounded() + 128 }
            #expect(line[..<64].allSatisfy { codes.contains(UInt8($0)) })
            #expect(Array(line[64...]) == (0..<10).map { $0 == 3 ? 216 : 128 })
        }
    }

    @Test("a quantized generator draws the float one's pictures", arguments: Layers.allCases, 1...2)
    func isNear(layers: Layers, seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        let generator = generator(&random, layers)
        let model = try Quantizer(generator, parallel: parallel)
            .quantize(calibration: inputs(generator, 10))
        try model.validate()
        // Random weights give gray pictures, where the last code alone is three pixel values wide.
        let error = try difference(model, generator)
        #expect(error < 3, "seed \(seed)")
        #expect(model.layers[0].outputZeroPoint == 0 || layers == .dense)
    }

    @Test("equalized channels compute the same pictures", arguments: Layers.allCases)
    func equalization(layers: Layers) throws {
        var random = RandomSource(seed: 9)
        var generator = generator(&random, layers)
        // One channel much larger than the others.
        let size = generator.architecture.layers[0].weightsPerOutput
        for index in 0..<size { generator.layers[0].weights[index] *= 30 }
        let inputs = inputs(generator, 20)
        let equalized = try ChannelEqualization(parallel: parallel).equalized(generator, calibration: inputs)
        #expect(equalized.layers[0].weights != generator.layers[0].weights)
        let before = try FloatGenerator(generator, parallel: parallel).pixels(inputs).elements
        let after = try FloatGenerator(equalized, parallel: parallel).pixels(inputs).elements
        #expect(zip(before, after).allSatisfy { abs($0 - $1) < 0.02 })
    }

    @Test("channels that are never active, and layers of zeros, are quantized too")
    func deadChannels() throws {
        var random = RandomSource(seed: 4)
        var generator = generator(&random, .convolutional)
        for index in generator.layers[1].biases.indices { generator.layers[1].biases[index] = -1000 }
        for index in generator.layers[3].weights.indices { generator.layers[3].weights[index] = 0 }
        let inputs = inputs(generator, 10)
        let model = try Quantizer(generator, parallel: parallel).quantize(calibration: inputs)
        #expect(try difference(model, generator) < 2)
    }

    @Test("weights that are no finite numbers name their layer")
    func notFinite() {
        var random = RandomSource(seed: 5)
        var generator = generator(&random, .dense)
        generator.layers[1].weights[7] = .nan
        #expect(throws: QuantizationError.notFinite(layer: 1)) {
            try Quantizer(generator, parallel: parallel)
        }
        generator.layers[1].weights.removeLast()
        #expect(throws: QuantizationError.self) { try Quantizer(generator, parallel: parallel) }
    }

    @Test("calibration needs inputs of the model's size")
    func wrongCalibration() throws {
        var random = RandomSource(seed: 6)
        let quantizer = try Quantizer(generator(&random, .dense), parallel: parallel)
        for shape in [[0, 22], [3, 21], [22]] {
            #expect(throws: QuantizationError.self) {
                try quantizer.quantize(calibration: Tensor(repeating: 0, shape: shape))
            }
        }
    }

    @Test("the same generator and seed give the same model")
    func isReproducible() throws {
        var random = RandomSource(seed: 7)
        let generator = generator(&random, .dense)
        let inputs = inputs(generator, 5)
        let models = try (0..<2).map { _ in
            try Quantizer(generator, parallel: parallel).quantize(calibration: inputs)
        }
        #expect(models[0] == models[1])
    }
}
