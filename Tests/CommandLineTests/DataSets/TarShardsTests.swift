import TestSupport
import Testing

/// Numbered archives, and what loaders find in a folder beside the data.
@Suite("Numbered archives", .needsProgram)
struct TarShardsTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    private func make(_ words: String..., to name: String = "tars") throws -> Execution.Outcome {
        try sample.run(["dataset", "-n", "10", "--seed", "5", "--format", "tar", "-o", name] + words)
    }

    @Test("--shards: complete archives that together hold the images of one")
    func archives() throws {
        try make("--shards", "3").expectSuccess()
        try make(to: "whole").expectSuccess()
        let names = (0..<3).map { "digits-00000\($0).tar" }
        #expect(folder.names("tars") == [".manifest.json", "README.md"] + names)
        let ends = names.map { folder.read("tars/\($0)").suffix(1024) }
        #expect(ends.allSatisfy { $0.allSatisfy { $0 == 0 } })
        let joined = names.flatMap { folder.read("tars/\($0)").dropLast(1024) }
        #expect(joined + [UInt8](repeating: 0, count: 1024) == folder.read("whole/digits.tar"))
        let again = try make("--shards", "3")
        #expect(again.status == 0 && again.errors.contains("already holds"))
    }

    @Test("a changed or missing archive is named")
    func damaged() throws {
        try make("--shards", "3").expectSuccess()
        let bytes = folder.read("tars/digits-000001.tar")
        var changed = bytes
        changed[700] ^= 1
        folder.write(changed, to: "tars/digits-000001.tar")
        try make("--shards", "3").expectFailure(
            73, "the contents of 'tars/digits-000001.tar' have changed")
        folder.remove("tars/digits-000001.tar")
        try make("--shards", "3").expectFailure(73, "'tars/digits-000001.tar' is missing")
    }

    @Test("more archives than images, and archives of other formats or parts, are errors")
    func usage() throws {
        try make("--shards", "11").expectFailure(64, "--shards 11 needs at least 11 images, not 10")
        try make("--shards", "2", "--shard", "1/2").expectFailure(64, "mutually exclusive")
        try sample.run("dataset", "-n", "10", "--shards", "2", "-o", "tars").expectFailure(64, "--format tar")
        try sample.run("dataset", "-n", "10", "--shards", "2", "--format", "tar", "-o", "-")
            .expectFailure(64, "needs a folder")
        #expect(sample.madeNames == [])
    }

    @Test("the data set card names the data files, the model and the command")
    func card() throws {
        try make("--shards", "2", "--digits", "38").expectSuccess()
        let text = String(decoding: folder.read("tars/README.md"), as: UTF8.self)
        for part in [
            "---\nlicense:", "path: \"digits*.tar\"\n---\n", "`sample`", "- Labels: 38, in turn",
            "digitgen dataset --count 10 --seed 5 --digits 38 --weights sample.safetensors.zst "
                + "--format tar --shards 2 -o FOLDER",
        ] { #expect(text.contains(part), "\(text)") }
        try sample.run("dataset", "-n", "3", "-o", "idx").expectSuccess()
        #expect(!String(decoding: folder.read("idx/README.md"), as: UTF8.self).contains("configs:"))
    }
}
