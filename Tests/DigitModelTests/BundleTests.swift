import TestSupport
import Testing

@testable import DigitModel

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

    @Test("takes for control characters those that Unicode's tables do")
    func controlCharacters() {
        let kinds: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator]
        for value in UInt32(0)...0x10_FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = kinds.contains(scalar.properties.generalCategory)
            if Manifest.isControl(scalar) != isControl { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test("tells the digits of its training data if they are not all ten, in a later minor version")
    func classes() throws {
        var manifest = Sample.manifest
        let all = try Bundle(model: Sample.smallModel, manifest: manifest)
        manifest.classes = [3, 8]
        let some = try Bundle(model: Sample.smallModel, manifest: manifest)
        #expect(try Bundle(compressed: all.encoded()).manifest.classes == Array(0...9))
        #expect(try Bundle(compressed: some.encoded()).manifest.classes == [3, 8])
        let metadata = [all, some].map { $0.manifest.metadata(with: $0.model) }
        #expect(metadata[0]["format_version"] == .string("1.0") && metadata[0]["classes"] == nil)
        #expect(metadata[1]["format_version"] == .string("1.1") && metadata[1]["classes"] == .string("38"))
        for wrong in [[], [8, 3], [3, 3], [10]] as [[UInt8]] {
            manifest.classes = wrong
            #expect(throws: BundleError.self) { try Bundle(model: Sample.smallModel, manifest: manifest) }
        }
    }

    @Test("tells how far digits stray from their hand, in a later minor version")
    func stray() throws {
        var manifest = Sample.manifest
        manifest.stray = HandStray(slant: 0, thickness: 1, width: 16_384, rest: 32_768)
        let bundle = try Bundle(model: Sample.smallModel, manifest: manifest)
        #expect(try Bundle(compressed: bundle.encoded()).manifest == manifest)
        let metadata = manifest.metadata(with: Sample.smallModel)
        #expect(metadata["format_version"] == .string("1.2"))
        #expect(metadata["stray"] == .string("0,1,16384,32768"))
        manifest.styles = StyleRanges(
            Manifest.allClasses.map { [-100...Int32($0), 900...1_700, 400...1_200] })
        #expect(try Bundle(model: Sample.smallModel, manifest: manifest).manifest == manifest)
        let both = try Bundle(model: Sample.smallModel, manifest: manifest)
        #expect(try Bundle(compressed: both.encoded()).manifest == manifest)
        manifest.stray = HandStray(-1)
        #expect(throws: BundleError.self) { try Bundle(model: Sample.smallModel, manifest: manifest) }
    }

    @Test("tells which specks to clear, in a later minor version, and only with a generator of ink")
    func specks() throws {
        var model = RandomModel.make(ModelName.ink.architecture, seed: 4)
        (model.speckSize, model.sourceRule) = (6, .independent)
        let bundle = try Bundle(model: model, manifest: Sample.manifest)
        #expect(try Bundle(compressed: bundle.encoded()).model.speckSize == 6)
        let metadata = Sample.manifest.metadata(with: model)
        #expect(metadata["format_version"] == .string("1.3") && metadata["specks"] == .string("6"))
        for size in [-1, 65] {
            model.speckSize = size
            #expect(throws: BundleError.self) { try Bundle(model: model, manifest: Sample.manifest) }
        }
        var pixels = Sample.smallModel
        pixels.speckSize = 6
        #expect(throws: BundleError.self) { try Bundle(model: pixels, manifest: Sample.manifest) }
    }

    @Test("tells how ink is scanned, in a later minor version, and only with a generator of ink")
    func sources() throws {
        var model = RandomModel.make(ModelName.ink.architecture, seed: 4)
        model.sourceRule = .independent
        #expect(Sample.manifest.metadata(with: model)["sources"] == nil)
        model.sourceRule = .measured
        let bundle = try Bundle(model: model, manifest: Sample.manifest)
        #expect(try Bundle(compressed: bundle.encoded()).model == model)
        let metadata = Sample.manifest.metadata(with: model)
        #expect(metadata["format_version"] == .string("1.5") && metadata["sources"] == .string("measured"))
        var pixels = Sample.smallModel
        pixels.sourceRule = .measured
        #expect(throws: BundleError.self) { try Bundle(model: pixels, manifest: Sample.manifest) }
    }

    @Test("tells the latent's steps where they are not the standard ones, in a later minor version")
    func latentSteps() throws {
        var model = Sample.smallModel
        #expect(Sample.manifest.metadata(with: model)["latent_steps"] == nil)
        model.latentSteps = 30
        let bundle = try Bundle(model: model, manifest: Sample.manifest)
        #expect(try Bundle(compressed: bundle.encoded()).model == model)
        let metadata = Sample.manifest.metadata(with: model)
        #expect(metadata["format_version"] == .string("1.3") && metadata["latent_steps"] == .string("30"))
        for steps in [15, 45] {
            model.latentSteps = steps
            #expect(throws: BundleError.self) { try Bundle(model: model, manifest: Sample.manifest) }
        }
    }

    @Test("holds the even forms of a model with labels, in a later minor version")
    func forms() throws {
        var model = Sample.model(ModelName.cgan.architecture, seed: 1)
        #expect(Sample.manifest.metadata(with: model)["forms"] == nil)
        model.forms = EvenForms((0..<10).map { [$0, 100] }, digits: Manifest.allClasses)
        let bundle = try Bundle(model: model, manifest: Sample.manifest)
        #expect(try Bundle(compressed: bundle.encoded()).model == model)
        #expect(Sample.manifest.metadata(with: model)["format_version"] == .string("1.4"))
        var unlabelled = Sample.smallModel
        unlabelled.forms = model.forms
        #expect(throws: BundleError.self) { try Bundle(model: unlabelled, manifest: Sample.manifest) }
    }

    @Test("holds the architectures of all models", arguments: ModelName.allCases)
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
