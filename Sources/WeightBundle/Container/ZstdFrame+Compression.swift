import CZstd

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
        // zstd may write the seal in another form than as it is; of its last block only the checksum is used.
        let checksum = try append(seal, to: context, ZSTD_e_end).suffix(4)
        return blocks + FrameSeal.block(seal) + checksum
    }

    /// The bytes zstd writes for more content, all of which it writes.
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
