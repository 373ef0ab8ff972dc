import TestSupport
import Testing

@Suite("Examples for users", .needsProgram)
struct ExamplesTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    /// Runs a client with a small model, which needs no optimized build to be fast.
    private func runClient(_ client: String) throws -> Execution.Outcome {
        try Shell.run(
            "\(client) digitgen serve --weights sample.safetensors.zst", folder: folder.path)
    }

    private func expectSevens(
        _ options: String..., at location: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try Program.run(
            ["7", "--count", "16", "--seed", "1"] + options, folder: folder.path
        ).output
        #expect(folder.contents("sevens.png") == expected, sourceLocation: location)
    }

    @Test("the shell's one-liners run", .enabled(if: Examples.hasModels, "built without models"))
    func shell() throws {
        try Shell.run("\(Examples.folder)/one-liners.sh > log", folder: folder.path).expectSuccess()
        try expectSevens()
        #expect(folder.contents("again.png") == folder.contents("sevens.png"))
        #expect(folder.contents("postcode.png")?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
        #expect(folder.contents("numbers.jsonl")?.count { $0 == 10 } == 100)
        let pixels = String(decoding: folder.contents("four.txt") ?? [], as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).map { UInt8($0) }
        #expect(pixels.count == 784 && !pixels.contains(nil))
    }

    @Test("the Python client runs", .enabled(if: Shell.has("python3"), "python3 is not here"))
    func python() throws {
        let outcome = try runClient("python3 \(Examples.folder)/digitgen_client.py")
        outcome.expectSuccess()
        #expect(outcome.text.contains("(invalid_digits)") && outcome.text.contains("binary framing: "))
        try expectSevens("--weights", "sample.safetensors.zst")
    }

    @Test("the Node client runs", .enabled(if: Shell.has("node"), "node is not here"))
    func node() throws {
        let outcome = try runClient("node \(Examples.folder)/digitgen-client.mjs")
        outcome.expectSuccess()
        #expect(outcome.text.contains("(invalid_digits)") && outcome.text.contains("requests per second"))
        try expectSevens("--weights", "sample.safetensors.zst")
    }

    @Test(
        "the shell's lines of docs/protocol.md run",
        .enabled(if: Examples.hasModels, "built without models"))
    func documentation() throws {
        let script =
            "sed -n '/^```sh$/,/^```$/p' \(Examples.root)/docs/protocol.md | sed '/^```/d' | bash -eo pipefail"
        let outcome = try Shell.run(script, folder: folder.path)
        outcome.expectSuccess()
        #expect(outcome.output.count { $0 == 10 } == 3)
        #expect(folder.contents("sevens.png")?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    }
}

/// Where the examples are, and whether they can run: they use the program's own models.
private enum Examples {
    static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    static let folder = "\(root)/tools/examples"
    static let hasModels = (try? Program.run("models", "--json").output) ?? [] != Array("[]\n".utf8)
}
