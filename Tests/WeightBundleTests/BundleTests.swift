import Testing

@testable import WeightBundle

@Suite("A bundle")
struct BundleTests {
    @Test("gives back the model and the manifest that went into it", arguments: 0..<8 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        for architecture in [Sample.smallArchitecture, Sample.randomArchitecture(seed: seed)] {
            let model = Sample.model(architecture, seed: seed)
            let written = try Bundle(model: model, manifest: Sample.manifest)
            let bytes = try written.encoded()
            let read = try Bundle(compressed: bytes)
            #expect(read == written, "seed \(seed)")
            #expect(read.sha256 == SHA256.hexDigest(of: bytes))
            #expect(try read.encoded() == bytes)
        }
    }

    @Test("holds the four models that come with the program", arguments: ModelName.allCases)
    func shippedArchitectures(name: ModelName) throws {
        try name.architecture.validate()
        let architecture = try Architecture(json: name.architecture.json)
        #expect(architecture == name.architecture)
    }

    @Test("keeps a checksum it is told instead of computing one")
    func knownChecksum() throws {
        let compressed = Sample.compressed
        let bundle = try Bundle(compressed: compressed.span, sha256: "known")
        #expect(bundle.sha256 == "known")
    }

    @Test("has promised bytes inside its frame")
    func goldenBytes() throws {
        let compressed = Sample.compressed
        let content = try ZstdFrame(checking: compressed.span).decompress(compressed.span)
        // The seal depends on how zstd compresses.
        let file = Array(content.dropLast(FrameSeal.byteCount))
        #expect(file == Sample.file.dropLast(FrameSeal.byteCount))
        #expect(
            SHA256.hexDigest(of: file) == "c975d455ec5bd5dcdb6452e74cd98416a81532d9bbc5d760f8d3189d8c4eb5d3")
    }

    @Test("begins its tensors at a multiple of eight bytes, those of four bytes an element first")
    func alignment() throws {
        let file = try Safetensors(parsing: Sample.file)
        #expect(file.tensors.allSatisfy { $0.type != .float32 || $0.bytes.startIndex % 4 == 0 })
        #expect(file.tensors.first.map { $0.bytes.startIndex % 8 } == 0)
    }

    @Test("is refused for a model that its architecture does not fit")
    func invalidModel() {
        var model = Sample.smallModel
        model.layers[1].weights.append(1)
        #expect(throws: BundleError.tensor("layers.1.weight", found: "2 elements", expected: "1")) {
            try Bundle(model: model, manifest: Sample.manifest)
        }
    }
}
