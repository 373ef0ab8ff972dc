import StrictJSON
import TestSupport

@testable import DigitModel

/// Models and files that the tests of this target read, write and break.
enum Sample {
    /// The smallest generator that has every kind of layer: 1 → 7×7×1 → 7×7×1 → 14×14×1 → 28×28×1.
    static var smallArchitecture: Architecture {
        var architecture = Architecture(latentSize: 1, classCount: 0, labelScale: 0, layers: [])
        architecture.appendDense(Volume(height: 7, width: 7, channels: 1), activation: .relu)
        architecture.appendConvolution(kernel: 1, stride: 1, channels: 1, activation: .leakyReLU)
        architecture.appendTransposedConvolution(kernel: 2, stride: 2, channels: 1, activation: .relu)
        architecture.appendTransposedConvolution(kernel: 2, stride: 2, channels: 1, activation: .tanh)
        return architecture
    }

    /// The same without the convolution, for tests that read a file thousands of times.
    static var smallestArchitecture: Architecture {
        var architecture = Architecture(latentSize: 1, classCount: 0, labelScale: 0, layers: [])
        architecture.appendDense(Volume(height: 7, width: 7, channels: 1), activation: .relu)
        architecture.appendTransposedConvolution(kernel: 2, stride: 2, channels: 1, activation: .relu)
        architecture.appendTransposedConvolution(kernel: 2, stride: 2, channels: 1, activation: .tanh)
        return architecture
    }

    /// A model with numbers that depend on the seed only.
    static func model(_ architecture: Architecture, seed: UInt64) -> QuantizedModel {
        var random = SeededRandom(seed: seed)
        return QuantizedModel(
            architecture: architecture,
            layers: architecture.layers.map { layer in
                QuantizedLayer(
                    weights: (0..<layer.weightCount).map { _ in Int8(truncatingIfNeeded: random.next()) },
                    weightScales: (0..<layer.outputChannels).map { _ in random.next(in: 0.001...0.01) },
                    biases: (0..<layer.outputChannels).map { _ in random.next(in: -1...1) },
                    outputScale: random.next(in: 0.01...0.1),
                    outputZeroPoint: UInt8(truncatingIfNeeded: random.next()))
            },
            pixels: (0..<256).map { UInt8($0) })
    }

    static var manifest: Manifest {
        Manifest(
            modelName: "small", recipe: "none: random numbers", seed: 7,
            dataSetSHA256: String(repeating: "0123456789abcdef", count: 4),
            metrics: [.init(name: "fd", value: 0.125), .init(name: "label_accuracy", value: 0.5)],
            programVersion: "0.1.0")
    }

    static var smallModel: QuantizedModel { model(smallArchitecture, seed: 1) }

    /// The small model's file before compression.
    static let file: [UInt8] = bytes { try Bundle.safetensors(smallModel, manifest).serialized() }

    /// The file of a model with the smallest architecture, before compression.
    static let smallestFile: [UInt8] = bytes {
        try Bundle.safetensors(model(smallestArchitecture, seed: 2), manifest).serialized()
    }

    /// The small model's file.
    static let compressed: [UInt8] = bytes { try Bundle(model: smallModel, manifest: manifest).encoded() }

    /// Nothing instead of an error, which every test that uses the bytes will notice.
    private static func bytes(_ make: () throws -> [UInt8]) -> [UInt8] {
        (try? make()) ?? []
    }
}

extension SeededRandom {
    /// A number of 24 random bits; not `Float.random`, whose method the library may change.
    mutating func next(in range: ClosedRange<Float>) -> Float {
        let fraction = Float(next() >> 40) * 0x1p-24
        return range.lowerBound + (range.upperBound - range.lowerBound) * fraction
    }
}

extension Sample {
    /// A valid generator of up to seven layers.
    static func randomArchitecture(seed: UInt64) -> Architecture {
        var random = SeededRandom(seed: seed)
        let isConditional = Bool.random(using: &random)
        var architecture = Architecture(
            latentSize: .random(in: 1...8, using: &random),
            classCount: isConditional ? 10 : 0,
            labelScale: isConditional ? .random(in: 1...2, using: &random) : 0,
            layers: [])
        let channels = { (random: inout SeededRandom) in Int.random(in: 1...4, using: &random) }
        architecture.appendDense(
            Volume(height: 7, width: 7, channels: channels(&random)), activation: .relu)
        for stride in [1, 2] {
            architecture.appendTransposedConvolution(
                kernel: .random(in: stride...7, using: &random), stride: stride,
                channels: channels(&random), activation: .leakyReLU)
            architecture.appendConvolution(
                kernel: .random(in: 1...7, using: &random), stride: 1, channels: channels(&random),
                activation: .relu)
        }
        architecture.appendTransposedConvolution(
            kernel: .random(in: 2...7, using: &random), stride: 2, channels: 1, activation: .tanh)
        return architecture
    }
}
