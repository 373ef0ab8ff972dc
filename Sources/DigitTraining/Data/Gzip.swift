import CZlib

/// Unpacking of gzip files (RFC 1952) held in memory.
enum Gzip {
    /// Why unpacking stopped.
    enum Failure: Error, Equatable {
        /// - Parameter offset: Of the compressed bytes.
        case corrupt(offset: Int, reason: String)
        case tooLarge
        case outOfMemory
    }

    /// The bytes that all members of `compressed` unpack to; zeros may follow the last one.
    /// - Parameter limit: The most bytes to unpack.
    static func unpack(_ compressed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, plus 16 for the gzip wrapper, whose checksum zlib then verifies.
        let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw .corrupt(offset: 0, reason: "zlib cannot start (\(status))") }
        defer { inflateEnd(&stream) }

        guard var output = try? GrowingBytes(capacity: min(4 * compressed.count, limit)) else {
            throw .outOfMemory
        }
        var block = [UInt8](repeating: 0, count: 1 << 18)
        var position = 0
        while true {
            let (status, consumed, produced) = step(&stream, compressed, from: position, into: &block)
            position += consumed
            do { try output.append(contentsOf: block[..<produced]) } catch { throw .outOfMemory }
            guard output.bytes.count <= limit else { throw .tooLarge }
            switch status {
            case Z_STREAM_END:
                // gzip, too, ignores zeros that pad the last member, as on tapes.
                if compressed[position...].allSatisfy({ $0 == 0 }) { return output.bytes }
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
