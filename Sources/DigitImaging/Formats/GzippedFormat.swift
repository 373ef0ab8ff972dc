import CZlib

/// Another format's file in gzip (RFC 1952), as MNIST's own files come.
package struct GzippedFormat<Content: ArrayFormat>: ArrayFormat {
    private let content: Content

    package init(_ content: Content) {
        self.content = content
    }

    package var name: String { content.name }

    package func header(dimensions: [Int]) throws(ImagingError) -> [UInt8] {
        try content.header(dimensions: dimensions)
    }

    package func fileName(stem: String, rank: Int) -> String {
        content.fileName(stem: stem, rank: rank) + ".gz"
    }

    package func encoded(_ sink: any ByteSink) -> any ByteSink { GzipSink(sink) }
}

/// Compresses what is written into it. The header names no file, no time and no system, so the same bytes give the
/// same file, and so they do however they arrive.
private final class GzipSink: ByteSink {
    /// Magic number, deflate, no flags, no time, no hints, unknown system.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    /// Bytes that are compressed at a time, each block on its own.
    private static let blockSize = 1 << 20

    private let sink: any ByteSink
    private var block: [UInt8] = []
    private var checksum: UInt = 0
    private var count: UInt32 = 0
    private var hasBegun = false

    init(_ sink: any ByteSink) {
        self.sink = sink
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        var rest = bytes
        while !rest.isEmpty {
            if block.count == Self.blockSize { try writeBlock(isLast: false) }
            let taken = rest.prefix(Self.blockSize - block.count)
            block += taken
            rest = rest.dropFirst(taken.count)
        }
    }

    func finish() throws(ImagingError) {
        try writeBlock(isLast: true)
        let trailer = [UInt32(truncatingIfNeeded: checksum), count].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        try sink.write(trailer)
        try sink.finish()
    }

    private func writeBlock(isLast: Bool) throws(ImagingError) {
        if !hasBegun { try sink.write(Self.header) }
        hasBegun = true
        checksum = block.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
        count &+= UInt32(block.count)
        try sink.write(Self.deflated(block, isLast: isLast))
        block.removeAll(keepingCapacity: true)
    }

    /// `bytes` as blocks of deflate (RFC 1951) that end at a whole byte.
    private static func deflated(_ bytes: [UInt8], isLast: Bool) throws(ImagingError) -> [UInt8] {
        var stream = z_stream()
        // No wrapper (negative), 32 KiB of window, the usual memory and level.
        let status = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .notEnoughMemory(work: "compressing with gzip") }
        defer { deflateEnd(&stream) }
        // The bound is of an end; a flush takes a few bytes more.
        let capacity = Int(deflateBound(&stream, UInt(bytes.count))) + 16
        return bytes.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
                stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                count = target.count - Int(stream.avail_out)
            }
        }
    }
}
