import TestSupport
import Testing

@Suite("Styles on the command line", .needsProgram)
struct StyleCommandTests {
    private let folder = TemporaryFolder()

    private func run(_ arguments: String...) throws -> Execution.Outcome {
        try Program.run(arguments, folder: folder.path)
    }

    @Test("slant, thickness and width are numbers, ranges or words")
    func options() throws {
        for option in ["--slant=-5", "--slant=0:20", "--thickness=thin", "--thickness=bold", "--width=0.8"] {
            let outcome = try run("4", "--model", "ink", "--seed", "1", option, "--format", "raw")
            outcome.expectSuccess()
            #expect(outcome.output.count == 784, "\(option)")
        }
        let thin = try run("4", "--model", "ink", "--seed", "1", "--thickness", "0.09", "--format", "raw")
        let named = try run("4", "--model", "ink", "--seed", "1", "--thickness", "thin", "--format", "raw")
        #expect(thin.output == named.output)
    }

    @Test(
        "what cannot be asked for is an error with what can",
        arguments: [
            (["4", "--slant", "x"], "a range such as 5:20"), (["4", "--slant", "1:2:3"], "--slant"),
            (["4", "--slant", "90"], "--slant must be -60.0…60.0 degrees"),
            (["4", "--thickness", "12"], "of the height"), (["4", "--slant", "bold"], "--slant must be"),
            (["4", "--slant", "20:0"], "from the less to the greater"),
            (["4", "--slant", "58"], "draws a 4 with --slant"),
            (["4", "--width", ""], "--width"), (["4", "--thickness", "nan"], "--thickness"),
        ] as [([String], String)])
    func errors(arguments: [String], words: String) throws {
        try Program.run(arguments + ["--model", "ink", "-o", "x.png"], folder: folder.path)
            .expectFailure(64, of: "digitgen", words)
        #expect(folder.names().isEmpty)
    }

    @Test("models without styles name one that has them")
    func otherModels() throws {
        for model in ["gan", "dcgan", "cgan", "cdcgan"] {
            try Program.run(
                ["--model", model, "--slant", "10", "-o", "x.png"], folder: folder.path
            ).expectFailure(64, of: "digitgen", "obeys no style", "ink")
        }
    }

    @Test("a data set is in the hand and the style that are asked for, and its manifest says so")
    func dataSet() throws {
        try run(
            "dataset", "--model", "ink", "--count", "20", "--seed", "1", "--style", "3", "--slant", "5:15",
            "-o", "d"
        ).expectSuccess()
        let manifest = String(decoding: folder.read("d/.manifest.json"), as: UTF8.self)
        #expect(manifest.contains(#""handwriting":"style 3, slant 5:15""#), "\(manifest)")
        let plain = try run(
            "dataset", "--model", "ink", "--count", "20", "--seed", "1", "-o", "plain")
        plain.expectSuccess()
        #expect(folder.read("d/images-idx3-ubyte") != folder.read("plain/images-idx3-ubyte"))
        try run("dataset", "--model", "ink", "--count", "20", "--slant", "15:5", "-o", "e")
            .expectFailure(64, of: "digitgen", "--slant")
    }

    @Test("a diverse data set has other digits and says so, and a diverse picture is drawn again alike")
    func diverse() throws {
        try run("dataset", "--model", "ink", "--count", "20", "--seed", "1", "--diverse", "-o", "d")
            .expectSuccess()
        let manifest = String(decoding: folder.read("d/.manifest.json"), as: UTF8.self)
        #expect(manifest.contains(#""handwriting":"diverse""#), "\(manifest)")
        try run("dataset", "--model", "ink", "--count", "20", "--seed", "1", "-o", "plain").expectSuccess()
        #expect(folder.read("d/images-idx3-ubyte") != folder.read("plain/images-idx3-ubyte"))
        try run("90210", "--model", "ink", "--diverse", "--seed", "1", "-o", "wild.png").expectSuccess()
        try run("again", "wild.png", "-o", "same.png").expectSuccess()
        #expect(folder.read("same.png") == folder.read("wild.png"))
    }

    @Test("a line in a diverse hand is another, and is drawn again alike")
    func diverseLine() throws {
        try run("555-1234", "--diverse", "--seed", "1", "-o", "line.png").expectSuccess()
        try run("again", "line.png", "-o", "same.png").expectSuccess()
        #expect(folder.read("same.png") == folder.read("line.png"))
        try run("555-1234", "--seed", "1", "-o", "plain.png").expectSuccess()
        #expect(folder.read("plain.png") != folder.read("line.png"))
    }
}
