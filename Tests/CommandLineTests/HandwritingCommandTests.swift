import TestSupport
import Testing

@Suite("Handwriting on the command line", .needsProgram)
struct HandwritingCommandTests {
    private func raw(_ sample: Sample, _ arguments: String...) throws -> [UInt8] {
        let outcome = try Program.run(
            arguments + ["--format", "raw", "--weights", sample.weights], folder: sample.folder.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test("a style is the same hand for every digit, seed and place")
    func style() throws {
        let sample = try Sample()
        let sevens = try raw(sample, "7", "--style", "12", "--count", "3")
        #expect(sevens == (0..<3).flatMap { _ in sevens[..<784] })
        #expect(try raw(sample, "7", "--style", "12", "--seed", "5") == Array(sevens[..<784]))
        #expect(try raw(sample, "7", "--style", "13") != Array(sevens[..<784]))
    }

    @Test("--vary goes from the style to each image's own hand")
    func vary() throws {
        let sample = try Sample()
        let style = try raw(sample, "7", "--style", "12", "--count", "2")
        let own = try raw(sample, "7", "--seed", "3", "--count", "2")
        func varied(_ share: String) throws -> [UInt8] {
            try raw(sample, "7", "--style", "12", "--vary", share, "--seed", "3", "--count", "2")
        }
        #expect(try varied("0") == style)
        #expect(try varied("1.0") == own)
        #expect(try varied("0.4") != style && varied("0.4") != own)
    }

    @Test("--morph goes from style to style, and without digits from digit to digit")
    func morph() throws {
        let sample = try Sample()
        let styles = try raw(sample, "7", "--morph", "3:4", "--count", "5")
        #expect(Array(styles[..<784]) == (try raw(sample, "7", "--style", "3")))
        #expect(Array(styles[(4 * 784)...]) == (try raw(sample, "7", "--style", "4")))
        let digits = try raw(sample, "--morph", "3:8", "--style", "6")
        #expect(digits.count == 12 * 784)
        #expect(Array(digits[..<784]) == (try raw(sample, "3", "--style", "6")))
        #expect(Array(digits[(11 * 784)...]) == (try raw(sample, "8", "--style", "6")))
    }

    @Test("--like draws in the hand of a picture, and tells its number")
    func like() throws {
        let sample = try Sample()
        let folder = sample.folder.path
        try Program.run(["70412", "--style", "8", "--scale", "4", "-o", "hand.png"], folder: folder)
            .expectSuccess()
        let outcome = try Program.run(
            ["--like", "hand.png", "2026", "--seed", "1", "--format", "raw"], folder: folder)
        let note = try #require(
            outcome.errors.wholeMatch(
                of: /digitgen: the digits ([0-9]{5}) of 'hand.png' are most like hand ([0-9]+)\n/))
        let same = try Program.run(
            ["2026", "--style", String(note.2), "--seed", "1", "--format", "raw"], folder: folder)
        #expect(outcome.status == 0 && outcome.output == same.output)
    }

    @Test("--like refuses what is no picture of digits, and models without styles")
    func wrongLike() throws {
        let sample = try Sample()
        let folder = sample.folder.path
        try Program.run(["7", "-o", "seven.png"], folder: folder).expectSuccess()
        sample.folder.write([0xFF, 0xD8, 0xFF, 0xE0], to: "photo.jpg")
        for (arguments, status, words) in [
            (["7", "--like", "none.png"], 66, "none.png"), (["7", "--like", "."], 66, "cannot read ."),
            (["7", "--like", "photo.jpg"], 65, "JPEG picture; expected a PNG or an IDX file of images"),
            (["7", "--like", "seven.png", "--style", "3"], 64, "--style and --like"),
            (["--sheet", "--like", "seven.png"], 64, "--like and --sheet"),
            (
                ["7", "--like", "seven.png", "--model", "cdcgan"], 64,
                "--like needs one that does, such as ink"
            ),
            (["7", "--like", ""], 64, "--like needs the name of a file"),
        ] as [([String], Int32, String)] {
            let outcome = try Program.run(arguments + ["-o", "x.png"], folder: folder)
            #expect(outcome.status == status, "\(arguments): \(outcome.status)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(sample.folder.contents("x.png") == nil)
        }
    }

    @Test("a morph that is longer than pictures are wide is for other formats")
    func longMorph() throws {
        let sample = try Sample()
        let long = ["7", "--morph", "1:2", "--count", "100001", "--weights", sample.weights]
        try Program.run(long + ["--format", "raw"], output: .path("/dev/null")).expectSuccess()
    }

    @Test("a morph is a strip, a sheet a table with its numbers in the margin")
    func pictures() throws {
        let sample = try Sample()
        try sample.run("7", "--morph", "1:2", "--count", "5", "-o", "strip.png").expectSuccess()
        #expect(sample.pictureSize("strip.png") == [5 * 28, 28])
        try sample.run("--sheet", "--count", "3", "--style", "98", "-o", "sheet.png").expectSuccess()
        #expect(sample.pictureSize("sheet.png") == [10 * 28 + 3 * 6 - 1 + 8, 3 * 28 + 15])
    }

    @Test("a picture says whose hand it is in, and the preview's command draws it again")
    func provenance() throws {
        let sample = try Sample()
        let picture = try sample.run("7", "--style", "12", "--vary", "0.5", "--seed", "1").output
        #expect(String(decoding: picture, as: UTF8.self).contains("style 12 varied by 0.5"))
        let outcome = try sample.run("--morph", "3:8", "--seed", "5", output: .terminal(columns: 80))
        #expect(outcome.errors.contains("--count 12 --seed 5 --style 5 --morph 3:8"))
    }

    @Test("invalid options are errors that name what is allowed")
    func mistakes() throws {
        let sample = try Sample()
        try sample.run("7", "--style", "-1").expectFailure(64, "--style", "from 0 to 18446744073709551615")
        try sample.run("7", "--vary", "0.5").expectFailure(64, "--vary needs --style")
        for value in ["2", "-0.1", "x", "nan", "", "1e-1", "0x1p-1"] {
            try sample.run("7", "--style", "1", "--vary", value).expectFailure(64, "number from 0 to 1")
        }
        for value in ["3", "3:", ":3", "3:4:5", "a:b", "-1:2", "+1:2", "3:99999999999999999999"] {
            try sample.run("7", "--morph", value).expectFailure(64, "such as 3:8")
        }
        try sample.run("--morph", "3:12").expectFailure(64, "--morph", "0…9")
        try sample.run("7", "--morph", "3:8", "--style", "1").expectFailure(
            64, "--style and --morph are mutually exclusive")
        try sample.run("7", "--morph", "3:8", "--count", "1").expectFailure(64, "--count must be 2…")
        try sample.run("7", "--sheet").expectFailure(64, "<text> and --sheet are mutually exclusive")
        try sample.run("--sheet", "--columns", "3").expectFailure(
            64, "--columns and --sheet are mutually exclusive")
        try sample.run("--sheet", "--format", "npy").expectFailure(64, "png, svg or pgm")
        try sample.run("--sheet", "--morph", "1:2").expectFailure(
            64, "--morph and --sheet are mutually exclusive")
        try sample.run("--sheet", "--count", "1000000").expectFailure(
            64, "--count must be 1…100000 with --sheet")
    }

    @Test("an unconditional model draws in a style, and no sheet")
    func unconditional() throws {
        let sample = try Sample()
        func run(_ arguments: String...) throws -> Execution.Outcome {
            try Program.run(
                arguments + ["--weights", sample.unconditionalWeights], folder: sample.folder.path)
        }
        #expect(try run("--style", "3", "--count", "2").status == 0)
        try run("--sheet").expectFailure(64, "is unconditional")
        try run("--morph", "1:2").expectFailure(64, "is unconditional")
    }

    @Test("padding, background and filter shape a picture, and nothing else")
    func shapes() throws {
        let sample = try Sample()
        try sample.run("7", "--count", "4", "--padding", "3", "--scale", "2", "-o", "a.png").expectSuccess()
        #expect(sample.pictureSize("a.png") == [2 * 56 + 9, 2 * 56 + 9])
        let smooth = try sample.run("7", "--seed", "1", "--scale", "4").output
        #expect(try sample.run("7", "--seed", "1", "--scale", "4", "--filter", "smooth").output == smooth)
        #expect(try sample.run("7", "--seed", "1", "--scale", "4", "--filter", "pixels").output != smooth)
        let clear = try sample.run("7", "--background", "transparent").output
        #expect(clear.count > 26 && clear[25] == 4, "colour type 4 is shade and opacity")
        try sample.run("7", "--background", "transparent", "--format", "pgm").expectFailure(
            64, "PGM has no transparency")
        try sample.run("7", "--filter", "pixels").expectFailure(64, "--scale")
        try sample.run("7", "--padding", "1", "--format", "raw").expectFailure(
            64, "--padding", "png, svg or pgm")
        try sample.run("7", "--padding", "1001").expectFailure(64, "from 0 to 1000")
        try sample.run("7", "--background", "pink").expectFailure(64, "solid", "transparent")
    }
}

extension Sample {
    /// Width and height of a PNG in the folder.
    fileprivate func pictureSize(_ name: String) -> [Int] {
        let bytes = folder.contents(name) ?? []
        guard bytes.count > 24 else { return [] }
        return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    }
}
