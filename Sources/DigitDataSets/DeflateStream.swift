import CZlib
import Platform

/// Compresses bytes with deflate (RFC 1951), so that the same bytes give the same stream, however they are split over
/// calls.
struct DeflateStream {
    /// The number of bytes that are compressed at a time, each block on its own.
    private static let blockSize = 1 << 20
    /// The blocks that wait to be compressed at once, on as many threads.
    private static let waitingCount = min(Processors.count, 16)

    /// Full ones.
    private var waiting: [[UInt8]] = []
    private var block: [UInt8] = []

    /// Hands the compressed blocks that `bytes` complete to `take`.
    mutating func write(
        _ bytes: ArraySlice<UInt8>, take: ([UInt8]) throws(OutputError) -> Void
    ) throws(OutputError) {
        var rest = bytes
        while !rest.isEmpty {
            if block.count == Self.blockSize {
                waiting.append(block)
                block = []
                if waiting.count == Self.waitingCount { try compressWaiting(take: take) }
            }
            let taken = rest.prefix(Self.blockSize - block.count)
            block += taken
            rest = rest.dropFirst(taken.count)
        }
    }

    /// Hands the last compressed blocks to `take`.
    mutating func finish(take: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        try compressWaiting(take: take)
        try take(Self.deflated(block, isLast: true))
        block = []
    }

    private mutating func compressWaiting(take: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        defer { waiting.removeAll(keepingCapacity: true) }
        var blocks = waiting.makeIterator()
        try inOrder(
            threads: waiting.count, next: { () throws(OutputError) in blocks.next() },
            make: { block throws(OutputError) in try Self.deflated(block, isLast: false) }, take: take)
    }

    /// `bytes` as blocks of deflate that end at a whole byte.
    private static func deflated(_ bytes: [UInt8], isLast: Bool) throws(OutputError) -> [UInt8] {
        var stream = z_stream()
        // No wrapper (negative), 32 KiB of window, the usual memory and level.
        let status = deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .notEnoughMemory(work: "compressing") }
        defer { deflateEnd(&stream) }
        // The bound is for the end of a stream; a flush takes a few bytes more.
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
