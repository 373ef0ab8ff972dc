import DigitImaging
import TestSupport
import Testing

/// What the name of a file says about its format.
@Suite("Formats by name", .needsProgram)
struct FileFormatTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    private func draw(_ words: String...) throws -> Execution.Outcome {
        try sample.run(["7", "--seed", "1", "--count", "3"] + words)
    }

    @Test(
        "the ending of a name chooses the format, in whatever case",
        arguments: [
            ("z.png", "png"), ("z.PNG", "png"), ("z.pgm", "pgm"), ("z.pnm", "pgm"), ("z.npy", "npy"),
            ("z.idx", "idx"), ("z.Idx", "idx"), ("z.raw", "raw"), ("z.bin", "raw"), (".z.npy", "npy"),
            ("train-images-idx3-ubyte", "idx"), ("t10k-images.idx3-ubyte", "idx"), ("./z.npy", "npy"),
        ])
    func known(name: String, format: String) throws {
        let bytes = try draw("--format", format).output
        try draw("-o", name).expectSuccess()
        #expect(folder.contents(name) == bytes)
        try draw("-o", name, "--format", format).expectSuccess()
        #expect(folder.contents(name) == bytes)
        // Read by the parser.
        try draw("--output=\(name)").expectSuccess()
        #expect(folder.contents(name) == bytes)
    }

    @Test(
        "a name that says nothing is a PNG's, or what --format says",
        arguments: [
            "z", "z.dat", "ubyte", "z.ubyte", ".png", ".npy", "a.npy/z", "z.", "idx", "z.2024",
        ])
    func unknown(name: String) throws {
        folder.write([], to: "a.npy/other")
        for words in [[], ["--format", "raw"]] {
            let bytes = try sample.run(["7", "--seed", "1"] + words).output
            try sample.run(["7", "--seed", "1", "-o", name] + words).expectSuccess()
            #expect(folder.contents(name)?.count == bytes.count)
        }
    }

    @Test(
        "a format that is not written is refused, with those that are, whatever --format says",
        arguments: [
            "z.jpg", "z.JPEG", "z.gif", "z.bmp", "z.svgz", "z.webp", "z.tif", "z.tiff", "z.pdf", "z.npz",
            "z.parquet", "z.csv", "z.mat", "z.zip", "z.png.gz", "z.csv.gz", "a/z.ppm", "z.idx.xz",
        ])
    func foreign(name: String) throws {
        for words in [[], ["--format", "png"], ["--format", "idx"]] {
            try sample.run(["7", "-o", name] + words)
                .expectFailure(64, "'\(name)'", ".png, .svg, .pgm, .idx, .idx.gz, .npy, .raw")
        }
        #expect(sample.madeNames == [])
    }

    @Test("an archive is a data set's")
    func archive() throws {
        try draw("-o", "z.tar").expectFailure(64, "digitgen dataset --format tar")
    }

    @Test(
        "a name and --format that contradict each other are refused",
        arguments: [
            ("z.png", "npy"), ("z.npy", "png"), ("z.pgm", "png"), ("z.raw", "idx"), ("a-idx3-ubyte", "npy"),
            ("z.idx.gz", "npy"), ("z.gz", "png"),
        ])
    func contradiction(name: String, format: String) throws {
        try draw("-o", name, "--format", format).expectFailure(64, "--format \(format)", "'\(name)'")
        #expect(sample.madeNames == [])
    }

    @Test("options that only a picture has are refused for an array's name")
    func pictureOptions() throws {
        try draw("-o", "z.npy", "--scale", "2").expectFailure(64, "--scale", "png, svg or pgm")
        try draw("-o", "z.pgm", "--background", "transparent").expectFailure(64, "PGM has no transparency")
        try sample.run("--sheet", "-o", "z.idx").expectFailure(64, "--sheet")
        try draw("-o", "z.pgm", "--scale", "2").expectSuccess()
    }

    @Test(
        "gzip holds IDX, images and labels alike, and always the same bytes",
        arguments: [
            ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"), ("z.idx.gz", "z-labels.idx.gz"),
            ("z-idx3-ubyte.gz", "z-labels-idx1-ubyte.gz"), ("z.gz", "z-labels.gz"),
        ])
    func gzip(images: String, labels: String) throws {
        let plain = try draw("--format", "idx").output
        try draw("-o", images).expectSuccess()
        let compressed = try #require(folder.contents(images))
        // Magic number, deflate, no flags, no time, no hints, unknown system.
        #expect(compressed.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        #expect(try Shell.run("gzip -dc < \(images)", folder: folder.path).output == plain)
        let unpacked = try Shell.run("gzip -dc < \(labels)", folder: folder.path)
        #expect(unpacked.output == [0, 0, 8, 1, 0, 0, 0, 3, 7, 7, 7])
        try draw("--format", "idx", "-o", images).expectSuccess()
        #expect(folder.contents(images) == compressed)
    }
}
