import DigitDataSets
import Glibc
import TestSupport
import Testing

@Suite("Output", .needsProgram)
struct OutputTests {
    @Test("sixteen digits are a picture of 112 × 112 8-bit grays, by -o and by redirection")
    func grid() throws {
        let sample = try Sample()
        let piped = try sample.run("7", "--count", "16", "--seed", "5")
        piped.expectSuccess()
        // Signature, then the header chunk: width, height, bits, colour type.
        let header: [UInt8] = [0, 0, 0, 112, 0, 0, 0, 112, 8, 0]
        #expect(piped.output[16..<26].elementsEqual(header))
        try sample.run("7", "--count", "16", "--seed", "5", "-o", "a.png").expectSuccess()
        #expect(sample.folder.contents("a.png") == piped.output)
        #expect(try sample.run("7", "--count", "16", "--seed", "5", "-o", "-").output == piped.output)
        #expect(sample.madeNames == ["a.png"])
    }

    @Test(
        "options mean the same in any order, with an equals sign and with the command's name",
        arguments: [
            "", "7", "--count 3", "90210 --count 2 --format idx", "--format raw 3", "5 --count 2 -o -",
            "5 --output -",
        ])
    func spellings(line: String) throws {
        let sample = try Sample()
        let words =
            line.split(separator: " ").map(String.init) + ["--seed", "8", "--weights", sample.weights]
        let plain = try Program.run(words)
        plain.expectSuccess()
        #expect(try Program.run(["generate"] + words).output == plain.output)
        #expect(try Program.run(words.suffix(4) + words.dropLast(4)).output == plain.output)
        #expect(try Program.run(words.dropLast(2) + ["--weights=\(sample.weights)"]).output == plain.output)
        #expect(try Program.run(words + ["--background", "solid"]).output == plain.output)
    }

    @Test("a command line with a mistake is answered with what is wrong")
    func mistakes() throws {
        let sample = try Sample()
        for (words, answer) in [
            (["7", "7"], "Unexpected argument"), (["--seed", "1", "--count"], "from 1"),
            (["--count", "0"], "from 1"), (["--model", "gan", "--format", "gif"], "gif"),
            (["--out", "x"], "unknown option '--out'. Did you mean '--output'?"),
            (["--model", "gan"], "mutually exclusive"), (["-o", "--count", "2"], "-o"),
        ] {
            try sample.run(words).expectFailure(64, answer)
        }
    }

    @Test("a smaller count is the beginning of a larger one", arguments: ["7", "90210", nil])
    func prefix(digits: String?) throws {
        let sample = try Sample()
        func pixels(_ count: Int, header: Int, format: String) throws -> ArraySlice<UInt8> {
            let words = [digits, "--seed", "9", "--count", "\(count)", "--format", format].compactMap(\.self)
            let outcome = try Program.run(words + ["--weights", sample.weights])
            outcome.expectSuccess()
            return outcome.output.dropFirst(header)
        }
        let long = try pixels(32, header: 16, format: "idx")
        #expect(long.count == 32 * 784 * (digits ?? "0").count)
        #expect(long.starts(with: try pixels(16, header: 16, format: "idx")))
        #expect(try pixels(32, header: 0, format: "raw") == ArraySlice(Array(long)).prefix(long.count))
        #expect(Set([long]).count == 1)
    }

    @Test("digits of a number share one handwriting, and image i of a 3 is image i of any request for a 3")
    func numbers() throws {
        let sample = try Sample()
        let three = try sample.run("3", "--seed", "4", "--count", "5", "--format", "raw").output
        let number = try sample.run("303", "--seed", "4", "--count", "5", "--format", "raw").output
        for image in 0..<5 {
            for row in 0..<28 {
                let expected = three[(image * 28 + row) * 28..<(image * 28 + row + 1) * 28]
                let start = (image * 28 + row) * 84
                #expect(
                    number[start..<start + 28] == expected[...]
                        || Array(number[start..<start + 28]) == Array(expected))
                #expect(Array(number[start + 56..<start + 84]) == Array(expected))
            }
        }
    }

    @Test("the formats hold the same pixels")
    func formats() throws {
        let sample = try Sample()
        func bytes(_ format: String) throws -> [UInt8] {
            try sample.run("7", "--seed", "1", "--count", "3", "--columns", "1", "--format", format).output
        }
        func arrayBytes(_ format: String) throws -> [UInt8] {
            try sample.run("7", "--seed", "1", "--count", "3", "--format", format).output
        }
        let raw = try arrayBytes("raw")
        #expect(raw.count == 3 * 784)
        #expect(try arrayBytes("idx") == IDXFormat().header(dimensions: [3, 28, 28]) + raw)
        #expect(try arrayBytes("npy") == NPYFormat().header(dimensions: [3, 28, 28]) + raw)
        #expect(try bytes("pgm") == Array("P5\n28 84\n255\n".utf8) + raw)
        let inverted = try sample.run("7", "--seed", "1", "--count", "3", "--format", "raw", "--invert")
            .output
        #expect(inverted == raw.map { 255 - $0 })
    }

    @Test("idx and npy put labels beside the images, for files and folders, and not for devices")
    func labels() throws {
        let sample = try Sample()
        try sample.run("--count", "12", "--format", "idx", "-o", "train-images-idx3-ubyte").expectSuccess()
        #expect(
            sample.folder.contents("train-labels-idx1-ubyte") == [0, 0, 8, 1, 0, 0, 0, 12] + Array(0...9) + [
                0, 1,
            ])
        try sample.run("42", "--count", "2", "--format", "idx", "-o", "n.idx").expectSuccess()
        #expect(sample.folder.contents("n-labels.idx") == [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 4, 2, 4, 2])
        mkdir(sample.folder.path("set"), 0o700)
        try sample.run("7", "--count", "2", "--format", "npy", "-o", "set/").expectSuccess()
        #expect(sample.folder.names("set") == ["images.npy", "labels.npy"])
        try sample.run("7", "--format", "idx", "-o", "/dev/null").expectSuccess()
        #expect(access("/dev/null-labels", F_OK) == -1)
        let free = try Program.run(
            "--count", "2", "--format", "npy", "-o", "free.npy", "--weights", sample.unconditionalWeights,
            folder: sample.folder.path)
        free.expectSuccess()
        #expect(sample.folder.contents("free-labels.npy") == nil)
    }

    @Test("without a count there is one image of a number, and one of each digit otherwise")
    func defaultCounts() throws {
        let sample = try Sample()
        #expect(try sample.run("7", "--format", "raw").output.count == 784)
        #expect(try sample.run("--format", "raw").output.count == 7840)
    }

    @Test("a place that cannot be written leaves nothing", arguments: ["missing/a.png", "/proc/a.png"])
    func cannotCreate(path: String) throws {
        let sample = try Sample()
        try sample.run("7", "-o", path).expectFailure(73, "'\(path)'", "No such file or directory")
        #expect(sample.madeNames == [])
    }

    @Test("a folder is no place for a picture")
    func folderForPicture() throws {
        let sample = try Sample()
        try sample.run("7", "-o", ".").expectFailure(64, "'.'", "expected the name of a file")
        try sample.run("7", "-o", "missing/").expectFailure(64, "'missing/'", "expected the name of a file")
        #expect(sample.madeNames == [])
    }

    @Test("a folder that is missing is made for arrays, and all above it; a run that fails leaves none")
    func newFolder() throws {
        let sample = try Sample()
        try sample.run("7", "--format", "idx", "-o", "set/").expectSuccess()
        #expect(sample.folder.names("set") == ["images-idx3-ubyte", "labels-idx1-ubyte"])
        try sample.run("7", "--format", "npy", "-o", "a/./b//c/").expectSuccess()
        #expect(sample.folder.names("a/b/c") == ["images.npy", "labels.npy"])
        sample.folder.write([1], to: "file")
        try sample.run("7", "--format", "npy", "-o", "file/a/")
            .expectFailure(73, "file/a/", "Not a directory")
        // ThreadSanitizer would put a longer file of its own into TMPDIR.
        let limited = try Shell.run(
            "ulimit -f 1; export TMPDIR=/nonexistent; exec digitgen --count 9 --format npy --weights \(sample.weights) -o d/e/",
            folder: sample.folder.path)
        limited.expectFailure(74, "d/e/images.npy", "File too large")
        #expect(sample.madeNames == ["a", "file", "set"])
    }

    @Test("an array may have more images than a picture, and a picture's limit names what takes more")
    func manyImages() throws {
        let sample = try Sample()
        for line in ["--count 1000001", "--count 4294967295 --format pgm", "--sheet --count 1000001"] {
            try sample.run(line.split(separator: " ").map(String.init))
                .expectFailure(64, "1…1000000", "--format idx, npy or raw", "digitgen dataset")
        }
        let few = try sample.run("--seed", "3", "--format", "raw").output
        for (format, header) in [("raw", 0), ("idx", 16), ("npy", 128)] {
            let line = "digitgen --count 4294967295 --seed 3 --format \(format) --weights \(sample.weights)"
            let outcome = try Shell.run(
                "\(line) | head -c \(header + 7840) | tail -c 7840", folder: sample.folder.path)
            #expect(outcome.output == few, "\(format)")
        }
    }

    @Test("a full disk is an error, whichever way the bytes go")
    func fullDisk() throws {
        let sample = try Sample()
        for format in ["png", "idx", "raw"] {
            try sample.run("7", "--format", format, "-o", "/dev/full").expectFailure(
                74, "/dev/full", "No space left")
            try sample.run("7", "--format", format, output: .path("/dev/full"))
                .expectFailure(74, "standard output", "No space left")
        }
        try Program.run("--help", output: .path("/dev/full")).expectFailure(74, "No space left")
        try Program.run("models", output: .path("/dev/full")).expectFailure(74, "No space left")
    }

    @Test("a file beyond what the process may write is an error, and leaves nothing")
    func fileLimit() throws {
        let sample = try Sample()
        // ThreadSanitizer puts a longer file of its own into TMPDIR, and dies of that, or finds no such folder.
        let outcome = try Shell.run(
            "ulimit -f 1; export TMPDIR=/nonexistent; exec digitgen 7 --scale 20 --weights \(sample.weights) -o large.png",
            folder: sample.folder.path)
        outcome.expectFailure(74, "large.png", "File too large")
        #expect(sample.madeNames == [])
    }

    @Test("a signal leaves nothing behind, whenever it comes", arguments: [0, 1, 2, 5, 10, 20, 40, 80])
    func signals(milliseconds: Int) throws {
        let sample = try Sample()
        for words in [["--sheet", "--count", "5000"], ["--count", "200000", "--format", "npy"]] {
            let path = "out." + (words.contains("npy") ? "npy" : "pgm")
            let format = words.contains("npy") ? [] : ["--format", "pgm"]
            let execution = try Program.start(
                words + format + ["-o", path, "--weights", sample.weights], folder: sample.folder.path)
            execution.send(SIGTERM) {
                usleep(UInt32(1000 * milliseconds))
                return true
            }
            #expect(execution.outcome().status == 128 + SIGTERM)
            #expect(sample.madeNames == [], "after \(milliseconds) ms")
        }
    }

    @Test("images and labels, or a picture and its model, are not written into one file")
    func oneFile() throws {
        let sample = try Sample()
        symlink("e.npy", sample.folder.path("e-labels.npy"))
        for _ in 0..<2 {
            try sample.run("7", "--count", "3", "--format", "npy", "-o", "e.npy")
                .expectFailure(64, "'e.npy'", "'e-labels.npy'", "the same file")
            #expect(sample.madeNames == ["e-labels.npy", "e.npy"].filter { sample.madeNames.contains($0) })
            sample.folder.write([1], to: "e.npy")
        }
        #expect(sample.folder.contents("e.npy") == [1])
        let weights = sample.folder.contents("sample.safetensors.zst")
        try sample.run("7", "-o", sample.weights).expectFailure(64, ".zst")
        link(sample.weights, sample.folder.path("model.png"))
        try sample.run("7", "-o", "model.png").expectFailure(64, "the model's file")
        #expect(sample.folder.contents("sample.safetensors.zst") == weights)
    }

    @Test("no output replaces a file that is read: a model, texts, a picture to imitate, by any of its names")
    func inputs() throws {
        let folder = TemporaryFolder()
        let names = ["model", "texts", "letter.png", "model-labels.npy", "2.png", "set/images.npy"]
        for name in names { folder.write([1], to: name) }
        for (line, written, name) in [
            ("55-12 --weights model --format png -o model", "model", "the model's file"),
            ("--from texts --format png -o ./texts", "./texts", "--from"),
            ("2026 --like letter.png -o letter.png", "letter.png", "--like"),
            ("12 --height 32 --like letter.png -o letter.png", "letter.png", "--like"),
            ("--count 2 --weights model-labels.npy -o model.npy", "model-labels.npy", "the model's file"),
            ("7 --count 3 --like 2.png -o %d.png", "2.png", "--like"),
            ("7 --format npy --weights set/images.npy -o set", "set/images.npy", "the model's file"),
        ] {
            try Program.run(line.split(separator: " ").map(String.init), folder: folder.path)
                .expectFailure(64, "'\(written)' is", name, "choose another output")
        }
        try Shell.run("digitgen --from - --format png -o texts < texts", folder: folder.path)
            .expectFailure(64, "'texts' is", "--from")
        for name in names { #expect(folder.contents(name) == [1], "\(name)") }
        #expect(folder.names() == ["2.png", "letter.png", "model", "model-labels.npy", "set", "texts"])
    }

    @Test("a closed pipe ends the program without a word")
    func closedPipe() throws {
        let sample = try Sample()
        for format in ["png", "raw"] {
            try sample.run("7", "--count", "100", "--format", format, output: .closedPipe).expectSuccess()
        }
        try Program.run("--help", output: .closedPipe).expectSuccess()
    }

    @Test("a standard output that is not open is an error")
    func closedOutput() throws {
        try Sample().run("7", output: .closed).expectFailure(74, "standard output")
    }
}
