import CZstd

/// A file that is exactly one zstd frame: its header and its chain of blocks.
struct ZstdFrame {
    /// Greatest size of the content, in bytes.
    static let contentLimit = Safetensors.fileLimit
    /// Greatest size of the file: content that does not compress, with room for zstd's own bytes.
    static let fileLimit = contentLimit + contentLimit / 128

    let header: ZstdFrameHeader
    /// Offset of the header of the last block.
    let lastBlock: Int
    /// The three bytes of that header as a number.
    let lastBlockHeader: UInt64

    /// Checks that `bytes` are one frame with the fields that a bundle needs; nothing is decompressed.
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

/// The header of a zstd frame (RFC 8878, section 3.1.1.1), as strictly as a bundle needs it: with content size
/// and checksum, without dictionary.
struct ZstdFrameHeader: Equatable {
    /// Bytes of the header, the magic number included.
    let byteCount: Int
    /// Bytes the frame holds when decompressed, at most `ZstdFrame.contentLimit`.
    let contentSize: Int

    static let magicNumber: UInt32 = 0xFD2F_B528
    /// The 16 magic numbers of skippable frames differ in their lowest four bits.
    static let skippableMagicNumber: UInt32 = 0x184D_2A50

    init(reading bytes: Span<UInt8>) throws(BundleError) {
        switch bytes.littleEndian(at: 0, count: 4).map(UInt32.init(truncatingIfNeeded:)) {
        case Self.magicNumber?: break
        case let magic? where magic & ~0xF == Self.skippableMagicNumber: throw .skippableFrame(offset: 0)
        case nil where Self.isStartOfMagicNumber(bytes): throw .truncated(bytes: bytes.count, needed: 5)
        default: throw Self.error(ofBytesOtherThanZstd: bytes)
        }
        guard bytes.count > 4 else { throw .truncated(bytes: bytes.count, needed: 5) }
        let descriptor = bytes[4]
        guard descriptor & 0b0001_1000 == 0 else { throw .reservedBits(descriptor: descriptor) }
        let isSingleSegment = descriptor & 0b0010_0000 != 0
        let windowBytes = isSingleSegment ? 0 : 1
        let dictionaryBytes = [0, 1, 2, 4][Int(descriptor & 0b11)]
        let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
        byteCount = 5 + windowBytes + dictionaryBytes + sizeBytes
        guard bytes.count >= byteCount else { throw .truncated(bytes: bytes.count, needed: byteCount) }

        if dictionaryBytes > 0,
            let dictionary = bytes.littleEndian(at: 5 + windowBytes, count: dictionaryBytes)
        {
            throw .dictionary(id: UInt32(truncatingIfNeeded: dictionary))
        }
        guard sizeBytes > 0 else { throw .noContentSize }
        guard descriptor & 0b100 != 0 else { throw .noChecksum }
        if !isSingleSegment {
            try Self.checkWindow(bytes[5])
        }
        let stored = bytes.littleEndian(at: 5 + windowBytes + dictionaryBytes, count: sizeBytes) ?? 0
        // A two-byte size is stored less 256, which a smaller field could hold.
        let size = sizeBytes == 2 ? stored + 256 : stored
        guard size <= UInt64(ZstdFrame.contentLimit) else {
            throw .decompressedTooLarge(bytes: size, limit: ZstdFrame.contentLimit)
        }
        contentSize = Int(size)
    }

    private static func error(ofBytesOtherThanZstd bytes: Span<UInt8>) -> BundleError {
        let start = bytes.indices.prefix(FileKind.prefixLength).map { bytes[$0] }
        return FileKind(of: start).map { .otherKind($0) } ?? .notZstd
    }

    private static func isStartOfMagicNumber(_ bytes: Span<UInt8>) -> Bool {
        bytes.indices.allSatisfy { bytes[$0] == UInt8(truncatingIfNeeded: magicNumber >> (8 * $0)) }
    }

    /// Section 3.1.1.1.2: 2^(10 + exponent), and as many eighths of it as the mantissa says.
    private static func checkWindow(_ descriptor: UInt8) throws(BundleError) {
        let base = UInt64(1) << (10 + UInt64(descriptor >> 3))
        let window = base + base / 8 * UInt64(descriptor & 0b111)
        guard window <= UInt64(ZstdFrame.contentLimit) else {
            throw .windowTooLarge(bytes: window, limit: ZstdFrame.contentLimit)
        }
    }
}

extension ZstdFrame {
    /// A sealed frame (see `FrameSeal`) with content size and checksum, at level 19. Its bytes depend on the
    /// content and on the version of zstd only.
    ///
    /// - Parameter content: all of the content but the seal, which becomes its last bytes.
    static func compressSealed(_ content: [UInt8]) throws(BundleError) -> [UInt8] {
        guard let context = ZSTD_createCCtx() else { throw .compression(reason: "no memory") }
        defer { ZSTD_freeCCtx(context) }
        let settings = [
            (ZSTD_c_compressionLevel, 19), (ZSTD_c_contentSizeFlag, 1), (ZSTD_c_checksumFlag, 1),
        ]
        for (parameter, value) in settings {
            try check(ZSTD_CCtx_setParameter(context, parameter, Int32(value)))
        }
        let contentSize = content.count + FrameSeal.byteCount
        try check(ZSTD_CCtx_setPledgedSrcSize(context, UInt64(contentSize)))

        let blocks = try append(content, to: context, ZSTD_e_flush)
        let seal = FrameSeal.digest(of: blocks.span)
        // zstd may compress the seal; of its last block only the checksum is used.
        let checksum = try append(seal, to: context, ZSTD_e_end).suffix(4)
        return blocks + FrameSeal.block(seal) + checksum
    }

    /// Compresses more content and returns all bytes that zstd has for it.
    private static func append(
        _ content: [UInt8], to context: OpaquePointer, _ directive: ZSTD_EndDirective
    ) throws(BundleError) -> [UInt8] {
        let capacity = ZSTD_compressBound(content.count)
        var remaining = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
            var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: capacity, pos: 0)
            content.withUnsafeBytes { source in
                var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                repeat {
                    remaining = ZSTD_compressStream2(context, &output, &input, directive)
                } while remaining != 0 && ZSTD_isError(remaining) == 0 && output.pos < output.size
            }
            initializedCount = output.pos
        }
        try check(remaining)
        guard remaining == 0 else { throw .compression(reason: "no room") }
        return bytes
    }

    private static func check(_ result: Int) throws(BundleError) {
        guard ZSTD_isError(result) == 0 else {
            throw .compression(reason: String(cString: ZSTD_getErrorName(result)))
        }
    }
}
