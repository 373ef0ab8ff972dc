import StrictJSON

/// A SHA-256 of the compressed bytes of a frame, stored in the frame.
///
/// zstd's own checksum is one of the content. A frame has bits that do not change the content, such as padding
/// in the descriptions of its entropy tables; with a seal no bit of a file can change unnoticed. The last tensor
/// of a bundle, `frame_sha256`, holds the digest of all bytes of the file before the frame's last block, and
/// that block is nothing but these 32 bytes as they are.
///
/// A bundle that another program has repacked ends in another block; then the tensor is ignored.
enum FrameSeal {
    static let tensorName = "frame_sha256"
    static let byteCount = 32

    /// The tensor before the digest is known.
    static var blankTensor: Safetensors.Tensor {
        Safetensors.Tensor(
            name: tensorName, type: .uint8, shape: [byteCount],
            bytes: ArraySlice(repeating: 0, count: byteCount))
    }

    /// The tensors without the seal.
    static func removeTensor(
        from tensors: [Safetensors.Tensor]
    ) throws(BundleError) -> [Safetensors.Tensor] {
        guard let index = tensors.firstIndex(where: { $0.name == tensorName }) else { return tensors }
        let tensor = tensors[index]
        guard tensor.type == .uint8, tensor.shape == [byteCount] else {
            throw .tensor(
                tensorName, found: "\(tensor.type.rawValue) \(shortened("\(tensor.shape)"))",
                expected: "U8 [\(byteCount)]")
        }
        var others = tensors
        others.remove(at: index)
        return others
    }
}
