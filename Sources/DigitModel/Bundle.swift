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

    /// The size of the largest bundle in bytes: readers may stop there.
    package static let fileLimit = ZstdFrame.fileLimit

    /// A bundle of a model and its manifest, as `encoded()` will write it.
    ///
    /// - Throws: `BundleError` if one of them is not valid or the file would be too large.
    package init(model: QuantizedModel, manifest: Manifest) throws(BundleError) {
        self.model = model
        self.manifest = manifest
        sha256 = SHA256.hexDigest(of: try Self.encode(model, manifest))
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - compressed: the whole file; it is not copied.
    ///   - sha256: the file's SHA-256 in 64 lowercase hexadecimal digits if it is known already, as for weights
    ///     compiled into the program: then the file is trusted to be whole, and start-up saves a pass over it.
    /// - Throws: `BundleError` if the bytes are anything but one valid bundle.
    package init(compressed: Span<UInt8>, sha256: String? = nil) throws(BundleError) {
        let frame = try ZstdFrame(checking: compressed)
        let file = try Safetensors(parsing: frame.decompress(compressed))
        (model, manifest) = try Self.decode(file)
        if let sha256 {
            self.sha256 = sha256
        } else {
            self.sha256 = try FrameSeal.check(compressed, frame, file.tensors)
        }
    }

    /// Reads the bytes of a file; see `init(compressed:sha256:)`.
    package init(compressed: [UInt8]) throws(BundleError) {
        try self.init(compressed: compressed.span)
    }

    /// The bytes of the file. The same model and manifest give the same bytes with the same version of zstd.
    ///
    /// - Throws: `BundleError` if the file would be too large.
    package func encoded() throws(BundleError) -> [UInt8] {
        try Self.encode(model, manifest)
    }

    /// The bytes of a file of a model and its manifest.
    ///
    /// - Throws: `BundleError` if one of them is not valid or the file would be too large.
    package static func encode(_ model: QuantizedModel, _ manifest: Manifest) throws(BundleError) -> [UInt8] {
        let file = try safetensors(model, manifest).serialized()
        return try ZstdFrame.compressSealed(Array(file.dropLast(FrameSeal.byteCount)))
    }

    /// The file inside the frame, its seal not yet made.
    static func safetensors(
        _ model: QuantizedModel, _ manifest: Manifest
    ) throws(BundleError) -> Safetensors {
        try model.validate()
        try manifest.validate()
        return Safetensors(
            metadata: manifest.metadata(with: model.architecture),
            tensors: model.tensors + [FrameSeal.blankTensor])
    }

    /// The model and the manifest of a safetensors file.
    static func decode(_ file: Safetensors) throws(BundleError) -> (QuantizedModel, Manifest) {
        // The manifest first: it tells whether this program understands the rest.
        let manifest = try Manifest(metadata: file.metadata)
        let architecture = try Manifest.architecture(in: file.metadata)
        let model = try QuantizedModel(
            architecture: architecture, tensors: FrameSeal.removeTensor(from: file.tensors))
        try model.validate()
        return (model, manifest)
    }
}
