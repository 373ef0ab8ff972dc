/// A bundle as the compressed file that it is.
extension Bundle {
    /// The size of the largest bundle in bytes: readers may stop there.
    package static let fileLimit = ZstdFrame.fileLimit

    /// A bundle of a model and its manifest, as `encoded()` will write it.
    ///
    /// - Throws: `BundleError` if one of them is not valid or the file would be too large.
    package init(model: QuantizedModel, manifest: Manifest) throws(BundleError) {
        let file = try Self.encode(model, manifest)
        self.init(model: model, manifest: manifest, sha256: SHA256.hexDigest(of: file))
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
        let (model, manifest) = try Self.decode(file)
        guard let sha256 else {
            let digest = try FrameSeal.check(compressed, frame, file.tensors)
            self.init(model: model, manifest: manifest, sha256: digest)
            return
        }
        self.init(model: model, manifest: manifest, sha256: sha256)
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
}
