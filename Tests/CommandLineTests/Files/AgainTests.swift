import DigitImaging
import TestSupport
import Testing

/// Pictures that are drawn again from their own text.
@Suite("Drawing again", .needsProgram)
struct AgainTests {
    private let folder = TemporaryFolder()

    private func run(_ line: String) throws -> Execution.Outcome {
        try Program.run(line.split(separator: " ").map(String.init), folder: folder.path)
    }

    @Test(
        "the same bytes",
        arguments: [
            "7", "90210 --count 4 --scale 3 --padding 4 --invert", "--count 12 --columns 4",
            "7 --first 5 --count 3 --size 56 --filter pixels", "7 --style 12",
            "7 --style 12 --vary 0.3 --count 3",
            "7 --style 12 --vary 1", "--morph 3:8", "--morph 3:8 --style 4 --count 5",
            "7 --morph 1:2 --count 4",
            "--sheet --count 3 --style 7", "--sheet --scale 2", "7 --background transparent --invert",
            "7 --model ink --size 100", "7 --model ink --finish mnist --scale 2",
            "7 --model ink --scale 2 --padding 1", "7 --model ink --scale 2 --filter smooth",
            "7 --model ink --size 56 --filter pixels",
            "27 --model ink --count 3 --slant 0:20 --thickness bold",
            "7 --model ink --vary 0.2", "--model ink --sheet --count 2 --style 3 --slant=-5",
            "7 --model ink --style 2 --vary 0 --width 0.7 --count 2", "7 --count 5 --columns 9",
            "--model gan --count 3",
            "555-1234 --height 32 --count 3 --first 4 --columns 2 --padding 2",
            "-- -1.5", "90210 --boxes --margin 9 --spacing 40 --slope 9 --touch 50 --wander 12 --invert",
            "7/8 --style 3 --vary 0.5 --thickness 0.1:0.12 --across 200 --background transparent --invert",
            "--pattern #{2,4}.## --count 4 --ink 20 --paper 240",
        ])
    func same(line: String) throws {
        try run("-o a.png \(line)").expectSuccess()
        try run("again a.png -o b.png").expectSuccess()
        #expect(folder.read("a.png") == folder.read("b.png") && !folder.read("a.png").isEmpty, "\(line)")
    }

    @Test("a bundle of one's own is named with --weights, and must be the same")
    func weights() throws {
        folder.write(try SampleBundle.encoded(), to: "w.zst")
        try run("7 --weights w.zst --seed 1 -o a.png").expectSuccess()
        try run("again a.png -o b.png").expectFailure(64, "--weights")
        try run("again a.png --weights w.zst -o b.png").expectSuccess()
        #expect(folder.read("a.png") == folder.read("b.png"))
        try run("7 --seed 1 -o c.png").expectSuccess()
        try run("again c.png --weights w.zst -o d.png").expectFailure(65, "another model")
    }

    @Test("files that say nothing, or something else, are errors")
    func errors() throws {
        try run("again missing.png").expectFailure(66, "missing.png")
        folder.write(Array("no picture".utf8), to: "text.png")
        try run("again text.png").expectFailure(65, "not a PNG")
        folder.write(try PNG.encode([0], width: 1, height: 1), to: "plain.png")
        try run("again plain.png").expectFailure(
            65, "digitgen did not draw it, or drew it for a data set")
        let texts = [
            ("Seed", "1"), ("Count", "1"), ("Model", "cdcgan"), ("Bundle SHA-256", "x"),
        ]
        for change in [
            ("Seed", "-1"), ("Count", "1 --weights x"), ("Layout", "--output x"), ("Layout", "--size"),
            ("Layout", "--padding -1"), ("Finish", "wax"), ("Handwriting", "of a doctor"),
            ("Digits", "--help"),
            ("Handwriting", "style 1 varied by e"),
        ] {
            var encoder = try PNGEncoder()
            let all = try (texts.filter { $0.0 != change.0 } + [change]).map {
                try PNGText(keyword: $0.0, text: $0.1)
            }
            let bytes = try encoder.encode(GrayImage(width: 1, height: 1, pixels: [0]), texts: all)
            folder.write(bytes, to: "changed.png")
            try run("again changed.png -o x.png").expectFailure(65, "'\(change.0)' is not of digitgen")
            for length in stride(from: 0, to: bytes.count, by: 3) {
                _ = try? PNGTexts.texts(in: Array(bytes.prefix(length)))
            }
        }
        #expect(folder.contents("x.png") == nil)
    }

    @Test("texts that ask for what cannot be drawn are the picture's mistake, not the command line's")
    func invalidTexts() throws {
        try run("1-1 --seed 1 --height 20 -o line.png").expectSuccess()
        try run("7 --seed 1 -o digit.png").expectSuccess()
        for (picture, keyword, text) in [
            ("digit.png", "Count", "0"), ("line.png", "Line", "height 9999"), ("line.png", "Text", "abc"),
            ("line.png", "Pattern", "#{"), ("line.png", "Pattern", ""),
            ("digit.png", "Layout", "--filter zzz"),
            ("digit.png", "Finish", "ink, 9999 pixels"), ("digit.png", "Handwriting", "slant 99"),
        ] {
            var texts = try PNGTexts.read(folder.path(picture))
            if keyword == "Pattern" { texts["Text"] = nil }
            texts[keyword] = text
            var encoder = try PNGEncoder()
            let all = try texts.map { try PNGText(keyword: $0.key, text: $0.value) }
            let bytes = try encoder.encode(GrayImage(width: 1, height: 1, pixels: [0]), texts: all)
            folder.write(bytes, to: "changed.png")
            try run("again changed.png -o x.png").expectFailure(65, "'changed.png': its text asks for")
        }
        #expect(folder.contents("x.png") == nil)
    }

    @Test("mistakes on the command line stay the user's")
    func usage() throws {
        try run("7 --seed 1 -o a.png").expectSuccess()
        try run("again a.png -o out.pgm").expectFailure(64, "draws a PNG", "'out.pgm'")
        try run("again a.png -o out.jpg").expectFailure(64, "draws a PNG", "'out.jpg'")
        try run("again a.png -o %d.png").expectFailure(64, "omit %d")
        try run("again a.png -o .").expectFailure(64, "'.' is a folder")
        try run("again a.png -o nodir/x.png").expectFailure(73, "nodir/x.png")
        folder.write(try SampleBundle.encoded(), to: "w")
        try run("7 --weights w --seed 1 -o b.png").expectSuccess()
        try run("again b.png --weights w -o w").expectFailure(64, "'w' is the model's file")
        try Program.run("again", "a.png", environment: ["DIGITGEN_ISA=mmx"], folder: folder.path)
            .expectFailure(64, "mmx")
        #expect(folder.names() == ["a.png", "b.png", "w"])
    }

    @Test("a byte that has changed ahead of the pixels is damage, and so is an end before them")
    func damage() throws {
        try run("7 --seed 1 --count 4 --columns 4 --padding 1 -o a.png").expectSuccess()
        let bytes = folder.read("a.png")
        let pixels = try #require(bytes.firstRange(of: Array("IDAT".utf8))).lowerBound
        // The length ahead of IDAT says nothing of the texts.
        for place in 8..<pixels - 4 {
            var changed = bytes
            changed[place] ^= 1
            let file = changed
            #expect(throws: PNGTexts.Problem.damaged) { try PNGTexts.texts(in: file) }
        }
        for length in 8..<pixels + 4 {
            #expect(throws: PNGTexts.Problem.damaged) { try PNGTexts.texts(in: Array(bytes.prefix(length))) }
        }
        var changed = bytes
        changed[pixels - 10] ^= 1
        folder.write(changed, to: "damaged.png")
        try run("again damaged.png -o x.png").expectFailure(65, "'damaged.png': damaged PNG")
        #expect(folder.contents("x.png") == nil)
    }
}
