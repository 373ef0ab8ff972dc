import DigitModel
import TestSupport
import Testing

/// What `digitgen` writes, as the trainer's `--data`.
@Suite("Training data", .needsProgram)
struct TrainingDataTests {
    private let folder = TemporaryFolder()

    init() throws {
        folder.write(try SampleBundle.encoded(), to: "sample.zst")
    }

    /// Expects that a run of other data names the digest of these.
    private func expectDigest(of data: String, at location: SourceLocation = #_sourceLocation) throws {
        let configuration = """
            {"model":"gan","epochs":1,"batch_size":8,"learning_rate":0.0002,"seed":1,"dataset_sha256":"","recipe":""}
            """
        folder.write(Array(configuration.utf8), to: "run/config.json")
        let outcome = try Shell.run(
            "digitgen-train fit gan --data \(data) --output run --resume", folder: folder.path)
        outcome.expectFailure(
            64, of: "digitgen-train", "the data's SHA-256 is \(try digest())", at: location)
    }

    /// The digest of the images and labels to learn from, of 100 with labels in turn: the first six of each seven of a
    /// digit.
    private func digest() throws -> String {
        let raw = try Program.run(
            "--count", "100", "--seed", "1", "--format", "raw", "--weights", folder.path("sample.zst")
        ).output
        let chosen = (0..<100).filter { $0 / 10 % 7 != 6 }
        let pixels = chosen.flatMap { Array(raw[$0 * 784..<($0 + 1) * 784]) }
        let count = UInt8(chosen.count)
        return SHA256.hexDigest(
            of: [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28] + pixels
                + [0, 0, 8, 1, 0, 0, 0, count] + chosen.map { UInt8($0 % 10) })
    }

    @Test("every form of a data set is read, and is the same data", arguments: ["idx", "npy", "png", "tar"])
    func dataSets(format: String) throws {
        try Shell.run(
            "digitgen dataset --count 100 --seed 1 --format \(format) -o set --weights sample.zst",
            folder: folder.path
        ).expectSuccess()
        try expectDigest(of: "set")
    }

    @Test(
        "arrays with their labels beside them are, too",
        arguments: ["--format npy -o set/sevens.npy", "--format idx -o set/"])
    func arrays(options: String) throws {
        try Shell.run(
            "mkdir set; digitgen --count 100 --seed 1 \(options) --weights sample.zst", folder: folder.path
        ).expectSuccess()
        try expectDigest(of: "set")
    }

    @Test("a folder without digits, and one that is not there, are told what was looked for")
    func nothing() throws {
        for command in ["fit gan --output run", "evaluate sample.zst", "compare -o report.html"] {
            let outcome = try Shell.run(
                "mkdir -p set; digitgen-train \(command) --data set", folder: folder.path)
            outcome.expectFailure(
                66, of: "digitgen-train", "set: no labelled digits;", "images.npy", "*.tar",
                "labels-idx1-ubyte")
            try Shell.run("digitgen-train \(command) --data none", folder: folder.path)
                .expectFailure(66, of: "digitgen-train", "none", "No such file")
        }
    }

    @Test("a data set is trained on, its digits stand in the run")
    func fit() throws {
        let script = """
            digitgen dataset --count 16 --digits 38 --seed 1 --format tar -o set --weights sample.zst
            digitgen-train fit cgan --data set --output run --epochs 1 --batch-size 8 2> log
            """
        #expect(try Shell.run(script, folder: folder.path).status == 0)
        let configuration = String(decoding: folder.contents("run/config.json") ?? [], as: UTF8.self)
        #expect(configuration.contains(#""classes":"38""#), "\(configuration)")
    }
}
