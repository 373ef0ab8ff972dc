import CZlib

/// The file that holds a training run's state: a header, named sections, a checksum.
///
///     "DIGITRUN" · version UInt32 · section… · CRC-32 of everything before (UInt32)
///     section = kind UInt8 · name length UInt8 · payload length UInt64 · name (UTF-8) · payload
///
/// Numbers are little-endian, as on every processor this runs on.
enum CheckpointFormat {
    static let magic = Array("DIGITRUN".utf8)
    static let version: UInt32 = 1
    static let headerSize = magic.count + 4
    /// Bytes of a section before its name.
    static let sectionHeaderSize = 10
    static let checksumSize = 4

    enum Kind: UInt8 {
        /// float32 numbers.
        case floats = 1
        /// One UInt64.
        case integer = 2
        case bytes = 3

        var text: String {
            switch self {
            case .floats: "an array of numbers"
            case .integer: "an integer"
            case .bytes: "bytes"
            }
        }
    }

    /// Continues the CRC-32 (of gzip and PNG; 0 to begin with) of what came before `bytes`.
    static func checksum(_ bytes: ArraySlice<UInt8>, after previous: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(UInt(previous), $0.baseAddress, $0.count))
        }
    }

    static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// The number that starts at `offset`; its bytes must be there.
    static func number<Integer: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> Integer {
        precondition(offset >= 0 && offset + MemoryLayout<Integer>.size <= bytes.count)
        return bytes.withUnsafeBytes {
            Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self))
        }
    }
}
