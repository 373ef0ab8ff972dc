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

extension Span<UInt8> {
    /// The little-endian number of up to eight bytes at an offset; nil if they do not lie in the span.
    func littleEndian(at offset: Int, count byteCount: Int) -> UInt64? {
        guard offset <= count, count - offset >= byteCount else { return nil }
        var value: UInt64 = 0
        for index in 0..<byteCount {
            value |= UInt64(self[offset + index]) << UInt64(8 * index)
        }
        return value
    }
}
