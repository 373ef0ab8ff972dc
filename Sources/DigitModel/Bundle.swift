import Platform

/// A generator with its numbers and its history: the content of a file `NAME.safetensors.zst`.
///
/// The file is one zstd frame, with content size and checksum, around a safetensors file. It can be read by
/// `safetensors.numpy.load(zstandard.ZstdDecompressor().decompress(raw))` in Python. Reading checks everything
/// that the runtime relies on; see `Architecture.validate()`, `QuantizedModel.validate()` and
/// `Manifest.validate()`.
package struct Bundle: Equatable, Sendable {
    /// Architecture and numbers, validated.
    package let model: QuantizedModel
    /// The facts about the model and its training, validated.
    package let manifest: Manifest
    /// SHA-256 of the compressed file in 64 lowercase hexadecimal digits.
    package let sha256: String

    /// A model and its manifest, validated, and the digest of their file.
    init(model: QuantizedModel, manifest: Manifest, sha256: String) {
        self.model = model
        self.manifest = manifest
        self.sha256 = sha256
    }

    /// Reads the safetensors file that is inside a frame, for those who decompress by other means.
    ///
    /// - Parameters:
    ///   - safetensors: the whole content of the frame.
    ///   - sha256: that of the frame, in 64 lowercase hexadecimal digits.
    /// - Throws: `BundleError` if the bytes are anything but the content of a valid bundle.
    package init(safetensors: [UInt8], sha256: String) throws(BundleError) {
        let (model, manifest) = try Self.decode(Safetensors(parsing: safetensors))
        self.init(model: model, manifest: manifest, sha256: sha256)
    }

    /// The file inside the frame, its seal not yet made.
    static func safetensors(
        _ model: QuantizedModel, _ manifest: Manifest
    ) throws(BundleError) -> Safetensors {
        try model.validate()
        try manifest.validate()
        return Safetensors(
            metadata: manifest.metadata(with: model),
            tensors: model.tensors + [FrameSeal.blankTensor])
    }

    /// The model and the manifest of a safetensors file.
    static func decode(_ file: Safetensors) throws(BundleError) -> (QuantizedModel, Manifest) {
        // The manifest first: it tells whether this program understands the rest.
        let manifest = try Manifest(metadata: file.metadata)
        let architecture = try Manifest.architecture(in: file.metadata)
        var model = try QuantizedModel(
            architecture: architecture, tensors: FrameSeal.removeTensor(from: file.tensors))
        model.speckSize = try Manifest.speckSize(in: file.metadata)
        model.sourceRule = try Manifest.sourceRule(in: file.metadata)
        model.latentSteps = try Manifest.latentSteps(in: file.metadata)
        model.forms = try Manifest.forms(in: file.metadata, classes: manifest.classes)
        try model.validate()
        return (model, manifest)
    }
}
