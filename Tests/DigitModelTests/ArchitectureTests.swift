import StrictJSON
import Testing

@testable import DigitModel

@Suite("An architecture")
struct ArchitectureTests {
    @Test(
        "counts its weights, parameters and multiply-accumulates",
        arguments: [
            (.gan, 1_483_776, 1_486_352, 1_483_776), (.cgan, 1_486_336, 1_488_912, 1_486_336),
            (.dcgan, 2_280_000, 2_292_737, 37_488_192), (.cdcgan, 274_560, 277_761, 3_348_224),
        ] as [(ModelName, Int, Int, Int)])
    func counts(name: ModelName, weights: Int, parameters: Int, macs: Int) {
        let architecture = name.architecture
        #expect(architecture.weightCount == weights)
        #expect(architecture.parameterCount == parameters)
        #expect(architecture.macsPerImage == macs)
    }

    @Test("counts what it takes to run it")
    func costs() {
        let architecture = ModelName.cdcgan.architecture
        #expect(architecture.activationCount == 64 + 49 * 64 + 196 * 32 + 196 * 32 + 784)
        #expect(architecture.windowReads == 1 + 49 * 16 + 196 * 9 + 196 * 16)
        // 74 inputs take 76 places, and one output takes 16.
        #expect(
            architecture.packedWeightCount
                == 76 * 3136 + 16 * 64 * 32 + 9 * 32 * 32 + 16 * 32 * 16)
    }

    @Test("counts what its layers store", arguments: 0..<20 as Range<UInt64>)
    func weightShapes(seed: UInt64) {
        for layer in Sample.randomArchitecture(seed: seed).layers {
            #expect(layer.weightShape.reduce(1, *) == layer.weightCount, "seed \(seed)")
            #expect(layer.weightShape.first == layer.outputChannels)
        }
    }

    @Test("is the same after it was written as JSON and read", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let architecture = Sample.randomArchitecture(seed: seed)
        let text = architecture.json.text
        #expect(try Architecture(json: JSONValue(parsing: text)) == architecture, "seed \(seed)")
    }

    @Test("is written in words that a person can read")
    func text() {
        let text = """
            {"latent_size":64,"class_count":10,"label_scale":2,"layers":[\
            {"type":"dense","output":[7,7,64],"activation":"relu"},\
            {"type":"transposed_convolution","kernel":4,"stride":2,"channels":32,"activation":"relu"},\
            {"type":"convolution","kernel":3,"stride":1,"channels":32,"activation":"relu"},\
            {"type":"transposed_convolution","kernel":4,"stride":2,"channels":1,"activation":"tanh"}]}
            """
        #expect(ModelName.cdcgan.architecture.json.text == text)
    }

    @Test("made by the program is checked like one that was read")
    func invalid() {
        var architecture = ModelName.cdcgan.architecture
        architecture.layers[2].input.channels = 31
        #expect(throws: BundleError.architecture(layer: 2, found: "input 14x14x31", expected: "14x14x32")) {
            try architecture.validate()
        }
        architecture = ModelName.cdcgan.architecture
        architecture.layers[1].output.height = 15
        #expect(throws: BundleError.architecture(layer: 1, found: "output 15x14x32", expected: "14x14x32")) {
            try architecture.validate()
        }
        architecture = ModelName.cdcgan.architecture
        architecture.latentSize = .max
        #expect(
            throws: BundleError.architecture(
                layer: nil, found: "latent_size \(Int.max)", expected: "1...65536")
        ) { try architecture.validate() }
        architecture = ModelName.cdcgan.architecture
        architecture.layers[1].operation = .transposedConvolution(kernel: .max, stride: 2)
        #expect(
            throws: BundleError.architecture(layer: 1, found: "kernel \(Int.max)", expected: "2...7")
        ) { try architecture.validate() }
    }
}
