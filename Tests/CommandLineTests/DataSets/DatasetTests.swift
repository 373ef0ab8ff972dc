import DigitDataSets
import Glibc
import StrictJSON
import TestSupport
import Testing

@Suite("Data sets", .needsProgram)
struct DatasetTests {
    /// All files below `name` with their bytes.
    private func tree(_ folder: TemporaryFolder, _ name: String) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for entry in folder.names(name) {
            if let bytes = folder.contents("\(name)/\(entry)"), !bytes.isEmpty {
                files[entry] = bytes
            } else {
                for (path, bytes) in tree(folder, "\(name)/\(entry)") { files["\(entry)/\(path)"] = bytes }
            }
        }
        return files
    }

    @Test("idx: MNIST's file names, labels in turn, the images of any request with that seed")
    func idx() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "25", "--seed", "3", "-o", "set").expectSuccess()
        #expect(
            sample.folder.names("set") == [
                ".manifest.json", "README.md", "images-idx3-ubyte", "labels-idx1-ubyte",
            ])
        let labels = (0..<25).map { UInt8($0 % 10) }
        #expect(sample.folder.contents("set/labels-idx1-ubyte") == [0, 0, 8, 1, 0, 0, 0, 25] + labels)
        let images = try sample.run("--count", "25", "--seed", "3", "--format", "idx").output
        #expect(sample.folder.contents("set/images-idx3-ubyte") == images)
    }

    @Test("npy and the chosen digits")
    func npy() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "5", "--digits", "83", "--format", "npy", "-o", "set")
            .expectSuccess()
        #expect(
            sample.folder.contents("set/labels.npy") == (try NPYFormat().header(dimensions: [5])) + [
                8, 3, 8, 3, 8,
            ])
        #expect(sample.folder.contents("set/images.npy")?.count == 128 + 5 * 784)
    }

    @Test("png: a folder for each label; the last picture is whole")
    func png() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "12", "--format", "png", "--seed", "1", "-o", "set")
            .expectSuccess()
        #expect(sample.folder.names("set") == [".manifest.json"] + (0...9).map { "\($0)" } + ["README.md"])
        #expect(sample.folder.names("set/1") == ["00000001.png", "00000011.png"])
        let free = try Program.run(
            "dataset", "--count", "2", "--format", "png", "-o", "free", "--weights",
            sample.unconditionalWeights,
            folder: sample.folder.path)
        free.expectSuccess()
        #expect(
            sample.folder.names("free") == [".manifest.json", "00000000.png", "00000001.png", "README.md"])
    }

    @Test("an unconditional model writes images only", arguments: ["idx", "npy", "tar"])
    func unlabelled(format: String) throws {
        let sample = try Sample()
        let outcome = try Program.run(
            "dataset", "--count", "2", "--format", format, "-o", "set", "--weights",
            sample.unconditionalWeights,
            folder: sample.folder.path)
        outcome.expectSuccess()
        #expect(sample.folder.names("set").count == 3)
        #expect(sample.folder.names("set").allSatisfy { !$0.hasPrefix("labels") })
    }

    @Test("the parts of a data set are the whole", arguments: ["idx", "npy", "png", "tar"])
    func shards(format: String) throws {
        let sample = try Sample()
        let words = ["dataset", "--count", "40", "--digits", "123", "--seed", "8", "--format", format]
        func make(_ name: String, _ more: [String] = []) throws -> [String: [UInt8]] {
            let outcome = try Program.run(
                words + more + ["-o", name, "--weights", sample.weights], folder: sample.folder.path)
            outcome.expectSuccess()
            return tree(sample.folder, name).filter { ![".manifest.json", "README.md"].contains($0.key) }
        }
        let whole = try make("whole")
        let parts = try (1...7).map { try make("part\($0)", ["--shard", "\($0)/7"]) }
        let header = [
            "idx": ["images-idx3-ubyte": 16, "labels-idx1-ubyte": 8],
            "npy": ["images.npy": 128, "labels.npy": 128],
        ]
        for (name, bytes) in whole {
            let skipped = header[format]?[name] ?? 0
            let joined = parts.flatMap {
                ($0[name] ?? []).dropFirst(($0[name]?.isEmpty ?? true) ? 0 : skipped)
            }
            #expect(joined == Array(bytes.dropFirst(skipped)), "\(name)")
        }
        #expect(Set(parts.flatMap(\.keys)) == Set(whole.keys))
    }

    @Test("more parts than images leave some empty, and whole")
    func emptyShards() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "2", "--seed", "1", "--shard", "3/3", "-o", "set")
            .expectSuccess()
        #expect(sample.folder.contents("set/labels-idx1-ubyte") == [0, 0, 8, 1, 0, 0, 0, 0])
    }

    @Test(
        "every part of an archive is one, even without images; joined they are the whole, and at most padding"
    )
    func tarParts() throws {
        let sample = try Sample()
        let words = ["dataset", "--count", "2", "--seed", "1", "--format", "tar"]
        try sample.run(words + ["-o", "whole"]).expectSuccess()
        let whole = try #require(sample.folder.contents("whole/digits.tar"))
        for count in 1...5 {
            var joined: [UInt8] = []
            for index in 1...count {
                let name = "\(index)of\(count)"
                try sample.run(words + ["--shard", "\(index)/\(count)", "-o", name]).expectSuccess()
                joined += try #require(sample.folder.contents("\(name)/digits.tar"))
                let listed = try Shell.run("tar tf \(name)/digits.tar", folder: sample.folder.path)
                listed.expectSuccess()
                let images = index > 2 ? 0 : count == 1 ? 2 : 1
                #expect(listed.output.count { $0 == 10 } == 2 * images, "\(name)")
            }
            let padding = [UInt8](repeating: 0, count: 1024 * max(0, count - 3))
            #expect(joined == whole + padding, "\(count) parts")
            sample.folder.write(joined, to: "joined.tar")
            let listed = try Shell.run("tar tf - < joined.tar", folder: sample.folder.path)
            listed.expectSuccess()
            #expect(listed.text == "00000000.png\n00000000.cls\n00000001.png\n00000001.cls\n")
        }
    }

    @Test(
        "the names of a data set are equally long, so they sort as the images do", arguments: ["png", "tar"])
    func names(format: String) throws {
        let sample = try Sample()
        func names(count: Int, shard: Int) throws -> [String] {
            let name = "\(count)-\(shard)"
            try sample.run([
                "dataset", "--count", "\(count)", "--seed", "1", "--digits", "0", "--format", format,
                "--shard",
                "\(shard)/1000000", "-o", name,
            ]).expectSuccess()
            return try Shell.run(
                format == "png" ? "cd \(name)/0; ls" : "tar tf \(name)/digits.tar | grep png",
                folder: sample.folder.path
            ).text.split(separator: "\n").map(String.init)
        }
        #expect(try names(count: 100_000_000, shard: 1).first == "00000000.png")
        #expect(try names(count: 100_000_000, shard: 1_000_000).last == "99999999.png")
        // One more, and all have nine digits.
        let first = try names(count: 100_000_001, shard: 1)
        #expect(first.first == "000000000.png")
        let end = try names(count: 100_000_001, shard: 1_000_000)
        #expect(end.last == "100000000.png")
        #expect((first + end).sorted() == first + end)
    }

    @Test("the manifest names request, provenance and checksums")
    func manifest() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "3", "--seed", "6", "-o", "set").expectSuccess()
        let text = String(decoding: sample.folder.contents("set/.manifest.json") ?? [], as: UTF8.self)
        for part in [
            "\"model\":\"sample\"", "\"seed\":6", "\"count\":3", "\"digits\":\"0123456789\"",
            "\"format\":\"idx\"",
            "\"name\":\"images-idx3-ubyte\",\"files\":1,\"bytes\":2368,\"sha256\":\"",
        ] {
            #expect(text.contains(part), "\(text)")
        }
    }

    @Test("a seed that doubles cannot hold stands in the manifest as a string; a fresh one needs none")
    func manifestSeeds() throws {
        let sample = try Sample()
        func seed(_ folder: String) throws -> JSONValue? {
            try JSONValue(parsing: sample.folder.contents("\(folder)/.manifest.json") ?? []).object?["seed"]
        }
        for (text, value) in [
            ("9007199254740991", JSONValue.integer(9_007_199_254_740_991)),
            ("9007199254740992", .string("9007199254740992")),
            ("18446744073709551615", .string("18446744073709551615")),
        ] {
            let words = ["dataset", "--count", "1", "--seed", text, "-o", text]
            try sample.run(words).expectSuccess()
            #expect(try seed(text) == value)
            #expect(try sample.run(words).errors.contains("already"))
        }
        for name in ["a", "b", "c", "d"] {
            try sample.run("dataset", "--count", "1", "-o", name).expectSuccess()
            let fresh: UInt64 = try #require(try seed(name)?.number).integer()
            #expect(fresh < 1 << 53)
        }
    }

    @Test("pictures have labels as CSV, with the style that is asked for")
    func labelFile() throws {
        let folder = TemporaryFolder()
        func make(_ arguments: String...) throws -> Execution.Outcome {
            try Program.run(
                ["dataset", "--format", "png", "--seed", "6", "--labels", "csv", "-o", "set"] + arguments,
                folder: folder.path)
        }
        try make("--count", "12", "--slant", "0:10", "--thickness", "0.12").expectSuccess()
        let text = String(decoding: folder.read("set/labels.csv"), as: UTF8.self)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(rows.count == 13 && rows[0] == ["filename", "label", "slant", "thickness"])
        for (index, row) in rows.dropFirst().enumerated() {
            #expect(row[0].hasPrefix("\(index % 10)/000000") && row[1] == "\(index % 10)" && row[3] == "0.12")
            let slant = try #require(Double(row[2]))
            #expect((0...10).contains(slant) && !folder.read("set/\(row[0])").isEmpty)
        }
        let again = try make("--count", "12", "--slant", "0:10", "--thickness", "0.12")
        #expect(again.errors == "digitgen: 'set' already holds this data set\n")
        folder.write(Array((text + "x").utf8), to: "set/labels.csv")
        try make("--count", "12", "--slant", "0:10", "--thickness", "0.12").expectFailure(73, "labels.csv")
        try Program.run(
            ["dataset", "--count", "3", "--labels", "csv", "-o", "idx"], folder: folder.path
        ).expectFailure(64, "--format png")
    }

    @Test("the same again is done already; anything else in the folder is refused and stays")
    func existing() throws {
        let sample = try Sample()
        try sample.run("dataset", "--count", "3", "--seed", "6", "-o", "set").expectSuccess()
        let before = tree(sample.folder, "set")
        let again = try sample.run("dataset", "--count", "3", "--seed", "6", "-o", "set")
        #expect(again.status == 0)
        #expect(again.errors == "digitgen: 'set' already holds this data set\n")
        try sample.run("dataset", "--count", "3", "--seed", "7", "-o", "set").expectFailure(
            73, "'set'", "new or an empty")
        #expect(tree(sample.folder, "set") == before)
    }

    @Test("a changed or missing card is an error; the model may be named in another way")
    func card() throws {
        let folder = TemporaryFolder()
        func make(_ model: String...) throws -> Execution.Outcome {
            try Program.run(
                ["dataset", "--count", "3", "--seed", "6", "-o", "set"] + model, folder: folder.path)
        }
        try make().expectSuccess()
        let manifest = try JSONValue(parsing: folder.read("set/.manifest.json"))
        let model = try #require(manifest.object?["model"]?.string)
        #expect(try make("--model", model).errors.contains("already"))
        let card = folder.read("set/README.md")
        folder.write(card + [10], to: "set/README.md")
        try make().expectFailure(73, "the contents of 'set/README.md' have changed")
        folder.remove("set/README.md")
        try make().expectFailure(73, "'set/README.md' is missing")
    }

    @Test("a data set in a hand is not the one in hands of all kinds, nor the other way about")
    func otherHands() throws {
        let sample = try Sample()
        let plain = ["dataset", "--count", "3", "--seed", "6"]
        for (folder, first, second) in [
            ("a", plain + ["--style", "5"], plain), ("b", plain, plain + ["--style", "5"]),
        ] {
            let weights = ["--weights", sample.weights, "-o", folder]
            try Program.run(first + weights, folder: sample.folder.path).expectSuccess()
            try Program.run(second + weights, folder: sample.folder.path).expectFailure(73, "'\(folder)'")
        }
    }

    @Test("an empty folder is filled; a file is no place, and neither is a folder in one")
    func places() throws {
        let sample = try Sample()
        mkdir(sample.folder.path("empty"), 0o700)
        try sample.run("dataset", "--count", "3", "-o", "empty/").expectSuccess()
        sample.folder.write([1], to: "file")
        try sample.run("dataset", "--count", "3", "-o", "file").expectFailure(73, "'file'")
        try sample.run("dataset", "--count", "3", "-o", "file/set").expectFailure(73, "file/set")
        #expect(sample.madeNames == ["empty", "file"])
    }

    /// Begins a data set that never ends, in the folder "set", and sends a signal when its files have begun.
    private func interrupt(_ sample: Sample, by signal: Int32) throws -> Execution.Outcome {
        let words = ["dataset", "--count", "4294967295", "-o", "set", "--weights", sample.weights]
        let execution = try Program.start(words, folder: sample.folder.path)
        execution.send(signal) {
            sample.folder.names("set").contains { !sample.folder.names("set/\($0)").isEmpty }
        }
        return execution.outcome()
    }

    @Test(
        "an interruption removes what was begun, and shows in the exit status", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        let sample = try Sample()
        let outcome = try interrupt(sample, by: signal)
        #expect(outcome.status == 128 + signal)
        #expect(outcome.errors == "")
        #expect(sample.madeNames == [])
    }

    @Test("a signal that the program was started to ignore, as nohup does it, does not end it")
    func ignoredSignal() throws {
        let sample = try Sample()
        let program = try #require(Program.path)
        let words = ["dataset", "--count", "30000", "-o", "set", "--weights", sample.weights]
        let execution = try Execution(
            "/usr/bin/env", ["--ignore-signal=HUP", program] + words, folder: sample.folder.path)
        execution.send(SIGHUP) {
            sample.folder.names("set").contains { !sample.folder.names("set/\($0)").isEmpty }
        }
        #expect(execution.outcome().status == 0)
        #expect(
            sample.folder.names("set") == [
                ".manifest.json", "README.md", "images-idx3-ubyte", "labels-idx1-ubyte",
            ])
    }

    @Test("a killed run leaves nothing that looks finished, and the next one clears up")
    func killed() throws {
        let sample = try Sample()
        #expect(try interrupt(sample, by: SIGKILL).status == 128 + SIGKILL)
        #expect(sample.folder.names("set").allSatisfy { $0.hasSuffix(".partial") })
        try sample.run("dataset", "--count", "3", "-o", "set").expectSuccess()
        #expect(
            sample.folder.names("set") == [
                ".manifest.json", "README.md", "images-idx3-ubyte", "labels-idx1-ubyte",
            ])
    }

    @Test("invalid options are errors that name what is allowed")
    func usage() throws {
        let sample = try Sample()
        func fail(_ words: String..., expecting hint: String) throws {
            let outcome = try Program.run(
                ["dataset", "-o", "set", "--weights", sample.weights] + words, folder: sample.folder.path)
            outcome.expectFailure(64, hint)
        }
        try fail("--count", "0", expecting: "from 1 to 4294967295")
        try fail("--count", "3", "--digits", "33", expecting: "at most once")
        try fail("--count", "3", "--digits", "x", expecting: "0123456789")
        try fail("--count", "3", "--shard", "1/2", expecting: "--shard needs --seed")
        for shard in ["0/2", "3/2", "1", "1/2/3", "a/b", "-1/2", "1/1000001"] {
            try fail("--count", "3", "--seed", "1", "--shard", shard, expecting: "K/N")
        }
        try fail("--count", "3", "--format", "pgm", expecting: "'idx', 'mnist', 'npz', 'png', 'npy' or 'tar'")
        #expect(sample.madeNames == [])
    }
}
