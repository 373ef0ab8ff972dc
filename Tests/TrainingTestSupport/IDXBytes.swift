import CZlib

/// Bytes of IDX files for tests.
package enum IDXBytes {
    package static func images(count: Int) -> [UInt8] {
        header([0x803, UInt32(count), 28, 28]) + (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    }

    package static func labels(_ labels: [UInt8]) -> [UInt8] {
        header([0x801, UInt32(labels.count)]) + labels
    }

    package static func header(_ numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    }

    package static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(
            deflateInit2_(
                &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        var output = [UInt8](repeating: 0, count: bytes.count + 1024)
        var input = bytes
        let capacity = output.count
        let left = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(capacity)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return Int(stream.avail_out)
            }
        }
        deflateEnd(&stream)
        return Array(output[..<(capacity - left)])
    }
}
