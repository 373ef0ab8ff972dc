import Glibc
import TestSupport
import Testing

/// Where data sets go, and what is said of those that are there.
@Suite("Places of data sets", .needsProgram)
struct DatasetPlacesTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    /// Makes thirty digits in the folder "set".
    private func make(_ format: String) throws -> Execution.Outcome {
        try sample.run("dataset", "--count", "30", "--seed", "5", "--format", format, "-o", "set")
    }

    private func expectDone(_ format: String, at location: SourceLocation = #_sourceLocation) throws {
        let outcome = try make(format)
        #expect(outcome.status == 0, sourceLocation: location)
        #expect(outcome.errors == "digitgen: 'set' already holds this data set\n", sourceLocation: location)
    }

    @Test("all folders that are missing are made, and none of them stays when the run fails")
    func folders() throws {
        try sample.run("dataset", "--count", "3", "-o", "a/b/c").expectSuccess()
        #expect(
            folder.names("a/b/c") == [
                ".manifest.json", "README.md", "images-idx3-ubyte", "labels-idx1-ubyte",
            ])
        try sample.run("dataset", "--count", "3", "-o", "a/d/../e/").expectSuccess()
        #expect(folder.names("a/e").count == 4)
        // ThreadSanitizer puts a longer file of its own into TMPDIR, and dies of that, or finds no such folder.
        let limited = try Shell.run(
            "ulimit -f 1; export TMPDIR=/nonexistent; exec digitgen dataset --count 9 --weights \(sample.weights) -o x/y/z",
            folder: folder.path)
        limited.expectFailure(74, "x/y/z/images-idx3-ubyte", "File too large")
        let execution = try Program.start(
            ["dataset", "--count", "4294967295", "-o", "v/w", "--weights", sample.weights],
            folder: folder.path)
        execution.send(SIGTERM) { !folder.names("v/w").isEmpty }
        #expect(execution.outcome().status == 128 + SIGTERM)
        #expect(sample.madeNames == ["a"])
    }

    @Test(
        "a missing file is named",
        arguments: [
            ("idx", "labels-idx1-ubyte"), ("npy", "images.npy"), ("tar", "digits.tar"),
            ("png", "7/00000017.png"),
        ])
    func missing(format: String, name: String) throws {
        try make(format).expectSuccess()
        try expectDone(format)
        #expect(rename(folder.path("set/\(name)"), folder.path("away")) == 0)
        try make(format).expectFailure(73, "'set/\(name)' is missing")
        mkdir(folder.path("set/\(name)"), 0o700)
        try make(format).expectFailure(73, "'set/\(name)' is not a file")
        rmdir(folder.path("set/\(name)"))
        #expect(rename(folder.path("away"), folder.path("set/\(name)")) == 0)
        try expectDone(format)
    }

    @Test(
        "a file of another size is named",
        arguments: [
            ("idx", "images-idx3-ubyte"), ("npy", "labels.npy"), ("tar", "digits.tar"),
            ("png", "0/00000020.png"),
        ])
    func size(format: String, name: String) throws {
        try make(format).expectSuccess()
        let bytes = try #require(folder.contents("set/\(name)"))
        for changed in [bytes + [0], Array(bytes.dropLast()), []] {
            folder.write(changed, to: "set/\(name)")
            let outcome = try make(format)
            outcome.expectFailure(73, "'set/\(name)'")
            #expect(folder.contents("set/\(name)") == changed)
            if format != "png" {
                #expect(outcome.errors.contains("\(changed.count) bytes instead of \(bytes.count)"))
            }
        }
        folder.write(bytes, to: "set/\(name)")
        try expectDone(format)
    }

    @Test(
        "a file of the same size and with other bytes is named",
        arguments: [
            ("idx", "labels-idx1-ubyte"), ("npy", "images.npy"), ("tar", "digits.tar"),
            ("png", "3/00000003.png"),
        ])
    func contents(format: String, name: String) throws {
        try make(format).expectSuccess()
        var bytes = try #require(folder.contents("set/\(name)"))
        bytes[bytes.count / 2] ^= 1
        folder.write(bytes, to: "set/\(name)")
        try make(format).expectFailure(73, "the contents of 'set/\(name)' have changed")
        #expect(folder.contents("set/\(name)") == bytes)
    }

    @Test("a manifest of the data set that does not list its files is named")
    func manifest() throws {
        try make("idx").expectSuccess()
        let text = String(decoding: try #require(folder.contents("set/.manifest.json")), as: UTF8.self)
        let start = try #require(text.ranges(of: "\"files\":[").first)
        folder.write(Array((text[..<start.upperBound] + "]}").utf8), to: "set/.manifest.json")
        try make("idx").expectFailure(73, "'set/.manifest.json' does not list its files")
    }

    @Test("data sets of one picture, and of none, are known again", arguments: ["1/2", "2/2"])
    func few(shard: String) throws {
        let words = [
            "dataset", "--count", "1", "--seed", "5", "--format", "png", "--shard", shard, "-o", "set",
        ]
        try sample.run(words).expectSuccess()
        #expect(try sample.run(words).errors == "digitgen: 'set' already holds this data set\n")
    }

    @Test("an archive goes to standard output, into a pipe or a device, and is the one in a folder")
    func streams() throws {
        try make("tar").expectSuccess()
        let words = ["dataset", "--count", "30", "--seed", "5", "--format", "tar", "-o"]
        let outcome = try sample.run(words + ["-"])
        outcome.expectSuccess()
        #expect(outcome.output == folder.contents("set/digits.tar"))
        let line = "digitgen \(words.joined(separator: " ")) pipe --weights \(sample.weights)"
        let piped = try Shell.run("mkfifo pipe; cat pipe & \(line); wait", folder: folder.path)
        #expect(piped.output == outcome.output)
        try sample.run(words + ["/dev/null"]).expectSuccess()
        try sample.run(words + ["/dev/full"]).expectFailure(74, "/dev/full", "No space left")
        #expect(sample.madeNames == ["pipe", "set"])
    }

    @Test("an endless archive ends with its reader, and at a signal")
    func endless() throws {
        let words = [
            "dataset", "--count", "4294967295", "--format", "tar", "-o", "-", "--weights", sample.weights,
        ]
        try Program.run(words, output: .closedPipe, folder: folder.path).expectSuccess()
        let execution = try Program.start(words, output: .path("/dev/null"), folder: folder.path)
        execution.send(SIGTERM) { true }
        #expect(execution.outcome().status == 128 + SIGTERM)
        #expect(sample.madeNames == [])
    }

    @Test("other formats are not streamed, and no folder is called -", arguments: ["idx", "npy", "png"])
    func notStreamed(format: String) throws {
        for place in ["-", "/dev/null"] {
            try sample.run("dataset", "--count", "3", "--format", format, "-o", place)
                .expectFailure(64, "only tar can be streamed", format, "folder")
        }
        try sample.run("dataset", "--count", "3", "-o", "-").expectFailure(
            64, "only tar can be streamed", "idx")
        #expect(sample.madeNames == [])
    }

    @Test(
        "a file's name is not taken for a folder's",
        arguments: ["z.npy", "z.tar", "a/z.PNG", "z.jpg", "z.idx.gz"])
    func fileNames(name: String) throws {
        try sample.run("dataset", "--count", "3", "-o", name).expectFailure(64, "'\(name)'", "a folder")
        #expect(sample.madeNames == [])
        try sample.run("dataset", "--count", "3", "-o", "\(name)/").expectSuccess()
        #expect(folder.names(name).count == 4)
    }
}
