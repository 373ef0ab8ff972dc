import CWeights
import DigitModel
import Platform

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

    /// Reads and checks the bundle. Its SHA-256 comes from weights/SHA256SUMS, which spares hashing at every start;
    /// a test compares it with the bytes.
    func read() throws(BundleError) -> Bundle {
        try Bundle(compressed: bytes.span, sha256: recordedDigest)
    }

    /// SHA-256 of the file, in 64 hexadecimal digits.
    var sha256: String { recordedDigest ?? SHA256.hexDigest(of: bytes.span) }

    /// The digest that weights/SHA256SUMS has for this bundle.
    private var recordedDigest: String? {
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

/// Reads bundles from files.
enum BundleFile {
    /// The bytes of the file, pipe or device at `path`, a text of the system. Stops after what can be a bundle.
    ///
    /// - Throws: `DigitGeneratorError.unreadable`, `.invalidBundle` for a file that is too long.
    static func read(_ path: String) throws(DigitGeneratorError) -> [UInt8] {
        do throws(SystemError) {
            return try FileBytes.read(path, limit: Bundle.fileLimit)
        } catch {
            guard error.code == EFBIG else { throw .unreadable(path: path, reason: error.reason) }
            throw .invalidBundle(
                source: path, reason: "longer than the \(Bundle.fileLimit) bytes that a bundle may have")
        }
    }
}
