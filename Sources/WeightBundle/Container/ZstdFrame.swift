import CZstd

/// A file that is exactly one zstd frame: what its header and its chain of blocks say.
struct ZstdFrame {
    /// Greatest size of the content, in bytes.
    static let contentLimit = 64 << 20
    /// Greatest size of the file: content that does not compress, with room for zstd's own bytes.
    static let fileLimit = contentLimit + contentLimit / 128

    let header: ZstdFrameHeader
    /// Offset of the header of the last block.
    let lastBlock: Int
    /// The three bytes of that header as a number.
    let lastBlockHeader: UInt64

    /// Checks that `bytes` are one frame that says everything a bundle's must; nothing is decompressed.
    init(checking bytes: Span<UInt8>) throws(BundleError) {
        guard bytes.count <= Self.fileLimit else {
            throw .compressedTooLarge(bytes: bytes.count, limit: Self.fileLimit)
        }
        header = try ZstdFrameHeader(reading: bytes)
        (lastBlock, lastBlockHeader) = try Self.findLastBlock(of: bytes, from: header.byteCount)
        let end = lastBlock + 3 + Self.length(ofBlock: lastBlockHeader) + 4
        guard bytes.count >= end else { throw .truncated(bytes: bytes.count, needed: end) }
        try Self.checkEnd(of: bytes, at: end)
    }

    /// The content of `bytes`, whose checksum is verified.
    func decompress(_ bytes: Span<UInt8>) throws(BundleError) -> [UInt8] {
        var result = 0
        let content = [UInt8](unsafeUninitializedCapacity: header.contentSize) { buffer, initializedCount in
            result = bytes.withUnsafeBytes {
                ZSTD_decompress(buffer.baseAddress, header.contentSize, $0.baseAddress, $0.count)
            }
            initializedCount = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else {
            throw .corrupt(reason: String(cString: ZSTD_getErrorName(result)))
        }
        guard content.count == header.contentSize else { throw .corrupt(reason: "content size") }
        return content
    }

    /// Walks the block headers (RFC 8878, section 3.1.1.2).
    private static func findLastBlock(
        of bytes: Span<UInt8>, from start: Int
    ) throws(BundleError) -> (offset: Int, header: UInt64) {
        var position = start
        while true {
            guard let block = bytes.littleEndian(at: position, count: 3) else {
                throw .truncated(bytes: bytes.count, needed: position + 3)
            }
            if block & 1 == 1 { return (position, block) }
            position += 3 + length(ofBlock: block)
        }
    }

    /// Bytes after a block's header: one for a run, whose size is that of the content.
    private static func length(ofBlock header: UInt64) -> Int {
        let isRun = (header >> 1) & 0b11 == 1
        return isRun ? 1 : Int(header >> 3)
    }

    private static func checkEnd(of bytes: Span<UInt8>, at end: Int) throws(BundleError) {
        guard bytes.count > end else { return }
        let next = bytes.littleEndian(at: end, count: 4).map(UInt32.init(truncatingIfNeeded:))
        if next == ZstdFrameHeader.magicNumber { throw .secondFrame(offset: end) }
        if let next, next & ~0xF == ZstdFrameHeader.skippableMagicNumber {
            throw .skippableFrame(offset: end)
        }
        throw .trailingBytes(offset: end, count: bytes.count - end)
    }
}
