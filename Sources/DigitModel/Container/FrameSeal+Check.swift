extension FrameSeal {
    static func digest(of bytes: Span<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    /// The last block of a frame: its header says "last", "raw" and the number of bytes.
    static func block(_ seal: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: blockHeader), UInt8(truncatingIfNeeded: blockHeader >> 8), 0] + seal
    }

    /// Checks the seal, if there is one, and returns the SHA-256 of the whole file in hexadecimal digits.
    ///
    /// - Parameters:
    ///   - bytes: the file, the frame of which is `frame`.
    ///   - tensors: those of the file in the order of their data.
    static func check(
        _ bytes: Span<UInt8>, _ frame: ZstdFrame, _ tensors: [Safetensors.Tensor]
    ) throws(BundleError) -> String {
        var hash = SHA256()
        hash.update(bytes.extracting(..<frame.lastBlock))
        if frame.lastBlockHeader == blockHeader, let last = tensors.last, last.name == tensorName {
            guard hash.finalize() == Array(last.bytes) else {
                throw .corrupt(reason: "SHA-256 mismatch")
            }
        }
        hash.update(bytes.extracting(frame.lastBlock...))
        return hash.finalizeHex()
    }

    private static let blockHeader = UInt64(byteCount << 3 | 1)
}
