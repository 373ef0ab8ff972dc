import TestSupport
import Testing

/// What `compare` refuses before it trains anything, its judge least of all.
@Suite("Comparing models", .needsProgram)
struct CompareTests {
    private let folder = TemporaryFolder()

    init() { TinyDigits.write(to: folder, "mnist") }

    private func compare(_ arguments: String) throws -> Execution.Outcome {
        try Shell.run(
            "DIGITGEN_CACHE=cache digitgen-train compare --data mnist --weights weights -o report.html \(arguments)",
            folder: folder.path)
    }

    @Test("a bundle that is of another model than its name says is bad data")
    func otherModel() throws {
        folder.write(
            try SampleBundle.encoded(layersOf: .cdcgan, named: .cdcgan), to: "weights/cgan.safetensors.zst")
        try compare("").expectFailure(
            65, of: "digitgen-train", "weights/cgan.safetensors.zst", "contains cdcgan",
            "this program's cgan")
        #expect(folder.names() == ["mnist", "weights"])
    }

    @Test("a bundle that is not there is missed before the judge is trained")
    func missing() throws {
        try compare("gan").expectFailure(66, of: "digitgen-train", "weights/gan.safetensors.zst")
        #expect(folder.names() == ["mnist"])
    }

    @Test("training does not begin where it would replace a bundle of something else")
    func replaced() throws {
        let bytes = try SampleBundle.encoded()
        folder.write(bytes, to: "weights/gan.safetensors.zst")
        try compare("--train --runs runs gan").expectFailure(
            73, of: "digitgen-train", "weights/gan.safetensors.zst", "runs/gan", "--weights")
        #expect(folder.contents("weights/gan.safetensors.zst") == bytes)
        #expect(folder.names() == ["mnist", "weights"])
    }
}
