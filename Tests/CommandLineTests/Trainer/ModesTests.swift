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
        mkdir(folder.path("results/stacked-dcgan-1.json"), 0o777)
        try modes("gan dcgan").expectFailure(73, of: "digitgen-train", "results/stacked-dcgan-1.json")
        symlink("none/x", folder.path("results/stacked-gan-1.json"))
        try modes("gan").expectFailure(73, of: "digitgen-train", "results/stacked-gan-1.json")
        #expect(folder.names() == ["mnist", "results"])
        #expect(folder.names("results") == ["stacked-dcgan-1.json", "stacked-gan-1.json"])
    }

    @Test("a result of other settings is refused by its name before the judge is trained")
    func otherSettings() throws {
        let result = """
            {"set":"stacked","method":"gan","images":1,"processor_seconds":1,"modes":1,"kl":1,"reverse_kl":null,"good_share":1,\
            "seed":7,"dataset_sha256":"","recipe":""}
            """
        folder.write(Array(result.utf8), to: "results/stacked-gan-1.json")
        try modes("gan").expectFailure(
            64, of: "digitgen-train", "results/stacked-gan-1.json: ",
            "the seed of this earlier result is 7, not 1",
            "--output")
        #expect(folder.names() == ["mnist", "results"])
    }

    @Test("Gaussians need no digits, and what has a result is not trained again")
    func gaussians() throws {
        let result = """
            {"set":"gaussians-8","method":"gan","images":1,"processor_seconds":60,"modes":8,"kl":0.25,"reverse_kl":0.5,\
            "good_share":0.75,"seed":SEED,"dataset_sha256":"","recipe":"RECIPE"}
            """
        let command = "digitgen-train modes --set gaussians-8 --output results gan --epochs 1"
        let other = result.replacing("SEED", with: "2")
        folder.write(Array(other.utf8), to: "results/gaussians-8-gan-2.json")
        // The error tells the recipe.
        let refusal = try Shell.run("\(command) --seeds 2", folder: folder.path)
        let recipe = try #require(
            refusal.errors.split(separator: "RECIPE, not ").last?.split(separator: "; choose").first)
        #expect(refusal.status == 64)
        for seed in ["2", "3"] {
            let text = result.replacing("SEED", with: seed).replacing("RECIPE", with: recipe)
            folder.write(Array(text.utf8), to: "results/gaussians-8-gan-\(seed).json")
        }
        let outcome = try Shell.run("\(command) --seeds 2,3", folder: folder.path)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(outcome.text.contains("8.0 ± 0.0  0.250 ± 0.000  0.500 ± 0.000  0.750 ± 0.000"))
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
