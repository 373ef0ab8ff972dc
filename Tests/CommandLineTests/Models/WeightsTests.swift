import TestSupport
import Testing

@Suite("Weights", .needsProgram)
struct WeightsTests {
    @Test("a file that is not there, is a folder, or cannot be a bundle")
    func notABundle() throws {
        let sample = try Sample()
        try Program.run("7", "--weights", "/none/x.zst").expectFailure(66, "/none/x.zst", "No such file")
        try Program.run("7", "--weights", sample.folder.path).expectFailure(66, sample.folder.path)
        sample.folder.write(Array("a text, and no bundle\n".utf8), to: "a.txt")
        try Program.run("7", "--weights", sample.folder.path("a.txt")).expectFailure(65, "a.txt")
        sample.folder.write([], to: "empty")
        try Program.run("7", "--weights", sample.folder.path("empty")).expectFailure(65, "empty")
        try Program.run("7", "--weights", "/dev/zero").expectFailure(65, "/dev/zero")
    }

    @Test(
        "a file that is no bundle is called what it is",
        arguments: [
            ([0x1F, 0x8B, 8], "gzip file, expected NAME.safetensors.zst; unpack it with gunzip"),
            ([0x89, 0x50, 0x4E, 0x47, 13], "PNG picture"),
            ([96, 1, 0, 0, 0, 0, 0, 0, 0x7B], "safetensors file that is not compressed with zstd"),
            ([0x50, 0x4B, 3, 4], "zip file"), ([0, 0, 8, 3], "IDX file"),
            (Array("version https://git-lfs".utf8), "Git LFS pointer"),
        ])
    func otherKinds(start: [UInt8], name: String) throws {
        let sample = try Sample()
        sample.folder.write(start + [UInt8](repeating: 1, count: 40), to: "other")
        try Program.run("7", "--weights", sample.folder.path("other")).expectFailure(65, name)
        try Program.run("inspect", sample.folder.path("other")).expectFailure(65, name)
    }

    @Test("a bundle truncated anywhere is bad data, and no picture is begun")
    func truncated() throws {
        let sample = try Sample()
        let bytes = try SampleBundle.encoded()
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 16)) {
            sample.folder.write(Array(bytes.prefix(length)), to: "cut")
            let outcome = try Program.run(
                "7", "--weights", sample.folder.path("cut"), "-o", sample.folder.path("a.png"))
            outcome.expectFailure(65, "cut")
        }
        #expect(sample.madeNames == ["cut"])
    }

    @Test("a bundle with one byte changed is bad data")
    func flipped() throws {
        let sample = try Sample()
        let bytes = try SampleBundle.encoded()
        var random = SeededRandom(seed: 51)
        for _ in 0..<16 {
            var damaged = bytes
            let place = Int.random(in: 0..<bytes.count, using: &random)
            damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            sample.folder.write(damaged, to: "damaged")
            let outcome = try Program.run("7", "--weights", sample.folder.path("damaged"))
            outcome.expectFailure(65, "damaged")
            #expect(outcome.status == 65, "byte \(place), seed 51")
        }
    }

    @Test("a model that does not exist is answered with those that do")
    func unknownModel() throws {
        try Program.run("7", "--model", "vae").expectFailure(64, "unknown model \"vae\"", "expected one of")
        try Program.run("inspect", "vae").expectFailure(66, "'vae'")
    }

    @Test("inspect tells of a file what is in it, in words and as JSON")
    func inspect() throws {
        let sample = try Sample()
        let words = try Program.run("inspect", sample.weights)
        words.expectSuccess()
        for word in ["sample", "dense", "1×1×16", "28×28×1", "fd", "0.25", "12,544"] {
            #expect(words.text.contains(word), "\(words.text)")
        }
        let json = try Program.run("inspect", "--json", sample.weights)
        json.expectSuccess()
        for key in [
            "\"name\":\"sample\"", "\"conditional\":true", "\"parameters\":13328", "\"macs_per_image\":12544",
            "\"metrics\":{\"fd\":0.25}", "\"sha256\":\"",
        ] {
            #expect(json.text.contains(key), "\(json.text)")
        }
    }

    @Test("models lists what the program has, in words and as JSON")
    func models() throws {
        let words = try Program.run("models")
        words.expectSuccess()
        let json = try Program.run("models", "--json")
        json.expectSuccess()
        for name in ["cdcgan", "cgan", "dcgan", "gan"] {
            #expect(words.text.contains("\(name) "), "\(words.text)")
            #expect(json.text.contains("{\"name\":\"\(name)\","), "\(json.text)")
        }
    }
}
