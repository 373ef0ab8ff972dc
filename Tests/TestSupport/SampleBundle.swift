import DigitModel

/// Bundles of small generators with random weights. Their images are noise, but depend on the seed and the digit.
package enum SampleBundle {
    /// Returns the file of a generator with one dense layer. The same arguments give the same bytes.
    package static func encoded(
        isConditional: Bool = true, seed: UInt64 = 1, manifest: Manifest = manifest
    ) throws -> [UInt8] {
        var architecture = Architecture(
            latentSize: 6, classCount: isConditional ? 10 : 0, labelScale: isConditional ? 2 : 0, layers: [])
        architecture.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
        let model = RandomModel.make(architecture, seed: seed)
        return try Bundle.encode(model, manifest)
    }

    /// Returns the file of a generator trained on these digits only.
    package static func encoded(classes: [UInt8], isConditional: Bool = true) throws -> [UInt8] {
        var manifest = manifest
        manifest.classes = classes
        return try encoded(isConditional: isConditional, manifest: manifest)
    }

    /// Returns the file of a generator of ink.
    package static func encodedInk(isConditional: Bool = true) throws -> [UInt8] {
        var architecture = Architecture(
            latentSize: 6, classCount: isConditional ? 10 : 0, labelScale: isConditional ? 2 : 0, layers: [])
        architecture.appendDense(Volume(height: 14, width: 14, channels: 2), activation: .relu)
        architecture.appendTransposedConvolution(kernel: 4, stride: 2, channels: 1, activation: .ink)
        var model = RandomModel.make(architecture, seed: 1)
        // Random ink is nearly all specks.
        model.speckSize = 0
        return try Bundle.encode(model, manifest)
    }

    /// Returns the file of a generator with the layers of one model and the name of another.
    package static func encoded(layersOf model: ModelName, named name: ModelName) throws -> [UInt8] {
        var manifest = manifest
        manifest.modelName = name.rawValue
        return try Bundle.encode(RandomModel.make(model.architecture, seed: 1), manifest)
    }

    /// The manifest of the bundles, with the name "sample".
    package static let manifest = Manifest(
        modelName: "sample", recipe: "random numbers", seed: 1,
        dataSetSHA256: String(repeating: "0123456789abcdef", count: 4),
        metrics: [.init(name: "fd", value: 0.25)], programVersion: "0.1.0")
}
