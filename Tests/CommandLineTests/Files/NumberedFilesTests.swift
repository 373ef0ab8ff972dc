import TestSupport
import Testing

/// A file for each image, and images from a number on.
@Suite("Numbered files", .needsProgram)
struct NumberedFilesTests {
    private let sample: Sample
    private var folder: TemporaryFolder { sample.folder }

    init() throws {
        sample = try Sample()
    }

    @Test("%d and %03d: each file is the picture of its image, and says so")
    func files() throws {
        try sample.run("90", "-n", "3", "--seed", "4", "--scale", "2", "-o", "x-%03d.png").expectSuccess()
        #expect(sample.madeNames == ["x-000.png", "x-001.png", "x-002.png"])
        try sample.run("90", "--seed", "4", "--first", "2", "--scale", "2", "-o", "single.png")
            .expectSuccess()
        #expect(folder.read("x-002.png") == folder.read("single.png"))
        #expect(DecodedPNG(folder.read("x-002.png"))?.texts.contains("First image=2") == true)
        try sample.run("7", "-n", "2", "--seed", "4", "--first", "9", "-o", "y%d.pgm").expectSuccess()
        #expect(sample.madeNames.suffix(2) == ["y10.pgm", "y9.pgm"])
    }

    @Test("--first: the images of the whole from there on", arguments: ["raw", "idx", "npy"])
    func first(format: String) throws {
        let words = ["--seed", "4", "--format", format]
        let whole = try sample.run(["-n", "12"] + words).output.suffix(2 * 784)
        let part = try sample.run(["-n", "2", "--first", "10"] + words).output.suffix(2 * 784)
        #expect(part == whole)
        try sample.run("-n", "2", "--first", "13", "--seed", "4", "-o", "part.npy").expectSuccess()
        #expect(folder.read("part-labels.npy").suffix(2) == [3, 4])
    }

    @Test("a count may be joined to -n")
    func joined() throws {
        #expect(try sample.run("7", "-n5", "--format", "raw").output.count == 5 * 784)
        try sample.run("7", "-n5x").expectFailure(64, "from 1 to 4294967295")
    }

    @Test("a preview's command has the first image")
    func preview() throws {
        let outcome = try sample.run("7", "--first", "5", "--seed", "1", "--preview", "blocks")
        #expect(outcome.errors.contains("--first 5"), "\(outcome.errors)")
    }

    @Test("what cannot be in separate files is an error")
    func usage() throws {
        try sample.run("7", "-o", "%d-%d.png").expectFailure(64, "several places for a number")
        try sample.run("7", "-o", "%d.npy").expectFailure(64, "must be PNG or PGM")
        try sample.run("7", "--columns", "2", "-o", "%d.png").expectFailure(64, "--columns needs one picture")
        try sample.run("--sheet", "-o", "%d.png").expectFailure(64, "--sheet needs one picture")
        try sample.run("--sheet", "--first", "1", "-o", "x.png").expectFailure(64, "mutually exclusive")
        try sample.run("7", "--morph", "3:8", "--first", "1", "-o", "x.png")
            .expectFailure(64, "--first and --morph are mutually exclusive")
        try sample.run("7", "--first", "9007199254740992").expectFailure(64, "9007199254740991")
        try sample.run("7", "-o", "missing/%d.png").expectFailure(73, "missing/0.png")
        #expect(sample.madeNames == [])
    }
}
