import Testing

@testable import DigitModel

@Suite("A damaged bundle")
struct DamagedBundleTests {
    @Test("is refused at every length it can be cut to")
    func truncatedFrames() {
        for length in 0..<Sample.compressed.count {
            let bytes = Array(Sample.compressed[..<length])
            let error = #expect(throws: BundleError.self) { try Bundle(compressed: bytes) }
            guard case .truncated(length, let needed) = error, needed > length else {
                Issue.record("length \(length): \(error.map(\.description) ?? "accepted")")
                continue
            }
        }
    }

    @Test("is refused with any bit of it flipped", arguments: 0..<8)
    func flippedFrames(bit: Int) {
        for index in Sample.compressed.indices {
            var bytes = Sample.compressed
            bytes[index] ^= 1 << bit
            #expect(throws: BundleError.self, "bit \(bit) of byte \(index)") {
                try Bundle(compressed: bytes)
            }
        }
    }

    @Test("is refused at every length its content can be cut to")
    func truncatedFiles() {
        for length in Sample.smallestFile.indices {
            #expect(throws: BundleError.self, "length \(length)") {
                try Self.decode(Array(Sample.smallestFile[..<length]))
            }
        }
    }

    @Test("with any bit of its header flipped is refused or a valid bundle of its own", arguments: 0..<8)
    func flippedHeaders(bit: Int) throws {
        let (originalModel, originalManifest) = try Self.decode(Sample.smallestFile)
        for index in 0..<Sample.smallestFile.count - Self.dataSize {
            var file = Sample.smallestFile
            file[index] ^= 1 << bit
            guard let (model, manifest) = try? Self.decode(file) else { continue }
            let isDifferent = model != originalModel || manifest != originalManifest
            #expect(isDifferent || Self.isLaterMinorVersion(file), "bit \(bit) of byte \(index)")
        }
    }

    /// The header is read once only: its reader does not look at the data.
    @Test("with any bit of its data flipped is refused or a valid bundle of its own", arguments: 0..<8)
    func flippedData(bit: Int) throws {
        let original = try Safetensors(parsing: Sample.smallestFile)
        let (originalModel, originalManifest) = try Bundle.decode(original)
        var accepted = 0
        for (tensor, form) in original.tensors.enumerated() where form.name != FrameSeal.tensorName {
            for index in form.bytes.indices {
                var file = original
                file.tensors[tensor].bytes[index] ^= 1 << bit
                guard let (model, manifest) = try? Bundle.decode(file) else { continue }
                accepted += 1
                #expect(model != originalModel, "bit \(bit) of byte \(index)")
                #expect(manifest == originalManifest)
            }
        }
        // Every weight, zero point and pixel may have any value.
        #expect(accepted > 256)
    }

    private static func decode(_ file: [UInt8]) throws -> (QuantizedModel, Manifest) {
        try Bundle.decode(Safetensors(parsing: file))
    }

    /// Bytes after the header.
    private static var dataSize: Int {
        let tensors = try? Safetensors(parsing: Sample.smallestFile).tensors
        return tensors?.reduce(0) { $0 + $1.bytes.count } ?? 0
    }

    /// A flip of one bit turns version 1.0 into 1.1, which says the same.
    private static func isLaterMinorVersion(_ file: [UInt8]) -> Bool {
        let metadata = try? Safetensors(parsing: file).metadata
        return metadata?["format_version"]?.string?.hasPrefix("1.") ?? false
    }
}
