import DigitDataSets
import TestSupport
import Testing

/// Data sets in two parts, as loaders of MNIST expect them.
@Suite("Split data sets", .needsProgram)
struct SplitDatasetTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    private func make(_ words: String..., to name: String = "set") throws -> Execution.Outcome {
        try sample.run(["dataset", "--count", "70", "--seed", "5", "-o", name] + words)
    }

    private static let raw = "MNIST/raw"

    @Test("mnist: MNIST's names where torchvision looks; image i is that of any request for its label")
    func mnist() throws {
        try make("--format", "mnist").expectSuccess()
        #expect(
            folder.names("set/\(Self.raw)") == [
                "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
            ])
        let train = try DataSet.load(directory: folder.path("set"), split: .train)
        let test = try DataSet.load(directory: folder.path("set"), split: .test)
        #expect(train.count == 60 && test.count == 10)
        for digit in train.classes {
            let all = try sample.run(
                "\(digit)", "--count", "70", "--seed", "5", "--format", "raw"
            ).output
            for (index, label) in (train.labels + test.labels).enumerated() where label == digit {
                let found = (train.images + test.images)[index * 784..<(index + 1) * 784]
                #expect(found == all[index * 784..<(index + 1) * 784], "image \(index)")
            }
        }
        let again = try make("--format", "mnist")
        #expect(again.status == 0 && again.errors.contains("already holds"))
    }

    @Test("npz has the same digits, plain and compressed", arguments: [false, true])
    func npz(isCompressed: Bool) throws {
        try make("--format", "mnist", to: "mnist").expectSuccess()
        let words = ["dataset", "--count", "70", "--seed", "5", "--format", "npz", "-o", "npz"]
        try sample.run(words + (isCompressed ? ["--gz"] : [])).expectSuccess()
        #expect(folder.names("npz") == [".manifest.json", "README.md", "mnist.npz"])
        for split in DataSet.Split.allCases {
            let expected = try DataSet.load(directory: folder.path("mnist"), split: split)
            #expect(try DataSet.load(directory: folder.path("npz"), split: split).digest == expected.digest)
        }
    }

    @Test("an entry that the end of an archive cuts is an error")
    func cutEntry() {
        // An end record of one entry, which begins in the record's own comment.
        let end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 22, 0, 0, 0, 4, 0]
        #expect(
            throws: DataSetError.malformed(
                path: "npz", reason: "no entry of the ZIP directory at byte 22")
        ) { try NPZReader.digits(of: .train, end + [0x50, 0x4B, 1, 2], path: "npz") }
    }

    @Test("a damaged archive is an error that says where")
    func damagedArchive() throws {
        try make("--format", "npz").expectSuccess()
        let bytes = folder.read("set/mnist.npz")
        for length in [0, 21, 100, bytes.count / 2, bytes.count - 1] {
            #expect(throws: DataSetError.self) {
                try NPZReader.digits(of: .test, Array(bytes.prefix(length)), path: "npz")
            }
        }
        var changed = bytes
        changed[1000] ^= 1
        #expect(
            throws: DataSetError.malformed(
                path: "npz", reason: "x_train.npy is damaged: wrong checksum")
        ) { try NPZReader.digits(of: .train, changed, path: "npz") }
        var random = SeededRandom(seed: 71)
        for _ in 0..<500 {
            var changed = bytes
            for _ in 0..<4 {
                changed[bytes.count - 1 - Int.random(in: 0..<400, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            _ = try? NPZReader.digits(of: .train, changed, path: "npz")
        }
    }

    @Test("--gz compresses MNIST's files, and IDX's")
    func gzip() throws {
        try make("--format", "mnist", "--gz").expectSuccess()
        try make("--format", "mnist", to: "plain").expectSuccess()
        #expect(folder.names("set/\(Self.raw)").allSatisfy { $0.hasSuffix("-ubyte.gz") })
        let (packed, plain) = try (
            DataSet.load(directory: folder.path("set"), split: .train),
            DataSet.load(directory: folder.path("plain"), split: .train)
        )
        #expect(packed.digest == plain.digest)
        try make("--gz", to: "idx").expectSuccess()
        #expect(
            folder.names("idx") == [
                ".manifest.json", "README.md", "images-idx3-ubyte.gz", "labels-idx1-ubyte.gz",
            ])
    }

    @Test("--balanced and --digits choose the labels")
    func labels() throws {
        try make("--format", "mnist", "--balanced", "--digits", "13").expectSuccess()
        let labels = folder.read("set/\(Self.raw)/train-labels-idx1-ubyte").dropFirst(8)
        #expect(labels.count { $0 == 1 } == 30 && labels.count { $0 == 3 } == 30)
        #expect(Array(labels) != labels.sorted())
    }

    @Test("a changed file is named")
    func damaged() throws {
        try make("--format", "mnist").expectSuccess()
        let name = "set/\(Self.raw)/t10k-labels-idx1-ubyte"
        var bytes = folder.read(name)
        bytes[10] ^= 1
        folder.write(bytes, to: name)
        try make("--format", "mnist").expectFailure(73, "the contents of '\(name)' have changed")
    }

    @Test("what these formats cannot hold is an error")
    func usage() throws {
        try sample.run("dataset", "--count", "6", "--format", "mnist", "-o", "set")
            .expectFailure(64, "mnist needs at least 7 images, not 6")
        try make("--balanced").expectFailure(64, "--balanced needs --format mnist or npz")
        try make("--gz", "--format", "png").expectFailure(64, "--gz needs --format idx, mnist or npz")
        try make("--shard", "1/2", "--format", "npz").expectFailure(64, "--shard needs --format")
        try sample.run("dataset", "-o", "set").expectFailure(64, "--count is missing")
        try Program.run(
            "dataset", "--format", "mnist", "-o", "set", "--weights", sample.unconditionalWeights,
            folder: folder.path
        ).expectFailure(64, "unconditional")
        #expect(sample.madeNames == [])
    }
}
