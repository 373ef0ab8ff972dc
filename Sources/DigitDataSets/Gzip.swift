import CZlib
import DigitImaging
import DigitModel
import Platform

/// Reads gzip files (RFC 1952).
package enum Gzip {
    /// The unpacked bytes of the file at `path`, compressed or not, or of `path`.gz if there is no such file, and the
    /// path that was read.
    static func contents(_ path: String) throws(DataSetError) -> (bytes: [UInt8], path: String) {
        let found = path.hasSuffix(".gz") || FileBytes.exists(path) ? path : path + ".gz"
        guard FileBytes.exists(found) else { throw .missingFile(path: path) }
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(found, limit: DataSet.fileLimit) } catch { throw .unreadable(error) }
        guard FileKind(of: bytes) == .gzip else { return (bytes, found) }
        do {
            return (try unpack(bytes, limit: DataSet.fileLimit), found)
        } catch {
            switch error {
            case .corrupt(let offset, let reason):
                throw .corruptGzip(path: found, offset: offset, reason: reason)
            case .tooLarge:
                throw .tooLarge(path: found, limit: DataSet.fileLimit)
            }
        }
    }

    /// The reason why unpacking failed.
    package enum Failure: Error, Equatable {
        /// - Parameter offset: Of the compressed bytes.
        case corrupt(offset: Int, reason: String)
        case tooLarge
    }

    /// The bytes that all members of `compressed` unpack to; zeros may follow the last one.
    /// - Parameter limit: The most bytes to unpack.
    package static func unpack(_ compressed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        // 15 bits of window, plus 16 for the gzip wrapper, whose checksum zlib then verifies.
        try inflated(compressed, windowBits: 15 + 16, limit: limit)
    }

    /// The bytes that deflate's stream `compressed`, without a wrapper, unpacks to.
    static func inflated(_ compressed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        try inflated(compressed, windowBits: -15, limit: limit)
    }

    private static func inflated(
        _ compressed: [UInt8], windowBits: Int32, limit: Int
    ) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let status = inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .corrupt(offset: 0, reason: "zlib cannot start (\(status))") }
        defer { inflateEnd(&stream) }

        var output: [UInt8] = []
        output.reserveCapacity(min(4 * compressed.count, limit))
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var position = 0
        while true {
            let (status, consumed, produced) = step(&stream, compressed, from: position, into: &block)
            position += consumed
            guard produced <= limit - output.count else { throw .tooLarge }
            output += block[..<produced]
            switch status {
            case Z_STREAM_END:
                // gzip, too, ignores zeros that pad the last member, as on tapes.
                if compressed[position...].allSatisfy({ $0 == 0 }) { return output }
                inflateReset(&stream)
            case Z_OK where consumed > 0 || produced > 0:
                continue
            case Z_OK, Z_BUF_ERROR:
                throw .corrupt(offset: position, reason: "the data ends too early")
            default:
                let reason = stream.msg.map { String(cString: $0) } ?? "zlib error \(status)"
                throw .corrupt(offset: position, reason: reason)
            }
        }
    }

    private static func step(
        _ stream: inout z_stream, _ input: [UInt8], from position: Int, into block: inout [UInt8]
    ) -> (status: Int32, consumed: Int, produced: Int) {
        let inputSize = min(input.count - position, 1 << 20)
        let blockSize = block.count
        let status = input.withUnsafeBufferPointer { source in
            block.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
                stream.avail_in = UInt32(inputSize)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(blockSize)
                return inflate(&stream, Z_NO_FLUSH)
            }
        }
        return (status, inputSize - Int(stream.avail_in), blockSize - Int(stream.avail_out))
    }
}

/// Another format compressed with gzip (RFC 1952), like MNIST's own files.
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

/// Compresses what is written into it. The header contains no file name, time or system, so the same bytes give the
/// same file, however they are split over calls.
private final class GzipSink: ByteSink {
    /// Magic number, deflate, no flags, no time, no hints, unknown system.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    private let sink: any ByteSink
    private var stream = DeflateStream()
    private var hasBegun = false
    private var checksum: UInt = 0
    private var count: UInt32 = 0

    init(_ sink: any ByteSink) {
        self.sink = sink
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        // Of no bytes, zlib returns the initial value.
        guard !bytes.isEmpty else { return }
        checksum = bytes.withUnsafeBytes { crc32_z(checksum, $0.baseAddress, $0.count) }
        count &+= UInt32(truncatingIfNeeded: bytes.count)
        try stream.write(bytes) { (packed) throws(OutputError) in try put(packed) }
    }

    func finish() throws(OutputError) {
        try stream.finish { (packed) throws(OutputError) in try put(packed) }
        let trailer = [UInt32(truncatingIfNeeded: checksum), count].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        try sink.write(trailer)
        try sink.finish()
    }

    private func put(_ packed: [UInt8]) throws(OutputError) {
        if !hasBegun { try sink.write(Self.header) }
        hasBegun = true
        try sink.write(packed)
    }
}
