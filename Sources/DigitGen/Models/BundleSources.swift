import CWeights
import DigitModel

/// A bundle that is compiled into the program.
struct ShippedBundle: @unchecked Sendable {
    let name: String
    /// Constant data of the program, valid for ever.
    let bytes: UnsafeBufferPointer<UInt8>

    /// Bytes of the file.
    var byteCount: Int { bytes.count }

    /// All of them, the default first.
    static let all: [ShippedBundle] = {
        var count = 0
        guard let bundles = dg_shipped_bundles(&count) else { return [] }
        return (0..<count).map { index in
            ShippedBundle(
                name: String(cString: bundles[index].name),
                bytes: UnsafeBufferPointer(start: bundles[index].bytes, count: bundles[index].count))
        }
    }()

    /// SHA-256 of the file, in 64 hexadecimal digits.
    var sha256: String { recordedDigest ?? SHA256.hexDigest(of: bytes.span) }

    /// The digest that weights/SHA256SUMS has for this bundle.
    var recordedDigest: String? {
        var count = 0
        guard let text = dg_shipped_digests(&count) else { return nil }
        let sums = UnsafeBufferPointer(start: text, count: count).map { UInt8(bitPattern: $0) }
        for line in sums.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "))
            if fields.count == 2, fields[0].count == 64,
                fields[1].elementsEqual("\(name).safetensors.zst".utf8)
            {
                return String(decoding: fields[0], as: UTF8.self)
            }
        }
        return nil
    }
}
