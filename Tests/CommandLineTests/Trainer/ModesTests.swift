import Glibc
import TestSupport
import Testing

/// What `modes` does before its first training.
@Suite("Counting modes", .needsProgram)
struct ModesTests {
    private let folder = TemporaryFolder()

    init() { TinyDigits.write(to: folder, "mnist") }

    private static let command = "digitgen-train modes --data mnist --output results"

    private func modes(_ arguments: String) throws -> Execution.Outcome {
        try Shell.run("DIGITGEN_CACHE=cache \(Self.command) \(arguments)", folder: folder.path)
    }

    @Test("a result that could not be written is missed before the judge is trained")
    func unwritable() throws {
        mkdir(folder.path("results"), 0o777)
        mkdir(folder.path("results/dcgan.json"), 0o777)
        try modes("gan dcgan").expectFailure(73, of: "digitgen-train", "results/dcgan.json")
        symlink("none/x", folder.path("results/gan.json"))
        try modes("gan").expectFailure(73, of: "digitgen-train", "results/gan.json")
        #expect(folder.names() == ["mnist", "results"])
        #expect(folder.names("results") == ["dcgan.json", "gan.json"])
    }

    @Test("a result of other settings is refused by its name before the judge is trained")
    func otherSettings() throws {
        let result = """
            {"method":"gan","images":1,"processor_seconds":1,"modes":1,"kl":1,"seed":7,"dataset_sha256":"","recipe":""}
            """
        folder.write(Array(result.utf8), to: "results/gan.json")
        try modes("gan").expectFailure(
            64, of: "digitgen-train", "results/gan.json: ", "the seed of this earlier result is 7, not 1",
            "--output")
        #expect(folder.names() == ["mnist", "results"])
    }

    @Test("a signal ends the command while the judge trains, too", arguments: [SIGINT, SIGTERM])
    func stopped(signal: Int32) throws {
        let execution = try Shell.start(
            "DIGITGEN_CACHE=cache exec \(Self.command) gan", folder: folder.path)
        // As soon as it says what it is at.
        execution.send(signal) { false }
        let outcome = execution.outcome()
        #expect(outcome.status == 128 + signal, "\(outcome.errors)")
        #expect(!outcome.errors.contains("epoch 2"), "\(outcome.errors)")
        #expect(folder.names("results") == [] && folder.names("cache") == [])
    }
}
