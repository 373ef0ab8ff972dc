import TestSupport
import Testing

@Suite("Lines on the command line", .needsProgram)
struct LinesTests {
    private let folder = TemporaryFolder()

    private func run(_ arguments: String...) throws -> Execution.Outcome {
        try Program.run(arguments + ["--seed", "1"], folder: folder.path)
    }

    private func png(_ arguments: String...) throws -> DecodedPNG {
        let outcome = try Program.run(arguments + ["--seed", "1"], folder: folder.path)
        outcome.expectSuccess()
        return try #require(DecodedPNG(outcome.output))
    }

    @Test("a text with marks is a line, and --count lines stand below each other")
    func text() throws {
        let line = try png("555-1234")
        #expect(line.height == 48)
        let four = try png("555-1234", "--count", "4", "--height", "32")
        #expect(four.height == 128)
        let columns = try png(
            "555-1234", "--count", "4", "--height", "32", "--columns", "2", "--padding", "3")
        #expect(columns.height == 2 * 32 + 9 && columns.width > four.width)
        try run("555-1234", "--height", "48", "-o", "phone.png").expectSuccess()
        #expect(folder.names() == ["phone.png"])
    }

    @Test("digits without options of lines keep their cells")
    func cells() throws {
        #expect(try png("90210").width == 140)
        #expect(try png("90210", "--height", "32").height == 32)
        #expect(try run("90210", "--format", "raw").output.count == 140 * 28)
        #expect(try run("90210", "--format", "npy").output.count == 128 + 140 * 28)
    }

    @Test("texts come from patterns, lengths and files")
    func sources() throws {
        #expect(try png("--pattern", "(###) ###-####", "--count", "3", "--height", "20").height == 60)
        #expect(try png("--length", "3-8", "--height", "20").height == 200)
        folder.write(Array("12.50\n1,204.00\n".utf8), to: "amounts.txt")
        #expect(try png("--from", "amounts.txt", "--height", "20").height == 40)
        let piped = try Shell.run(
            "echo 7 | digitgen --from - --height 20 --seed 1 | wc -c", folder: folder.path)
        #expect(piped.text != "0\n")
    }

    @Test("lines of one width make arrays")
    func arrays() throws {
        let raw = try run(
            "--length", "5", "--height", "32", "--across", "200", "--count", "3", "--format", "raw")
        #expect(raw.output.count == 3 * 32 * 200)
        let longer = try run(
            "--length", "5", "--height", "32", "--across", "200", "--count", "4", "--format", "raw")
        #expect(Array(longer.output.prefix(raw.output.count)) == raw.output)
        #expect(
            try run("1.2", "--height", "32", "--across", "200", "--format", "npy").output.count == 128 + 6400)
        let pgm = try run("1.2", "--height", "32", "--across", "200", "--format", "pgm", "--invert")
        #expect(pgm.output.starts(with: Array("P5\n200 32\n255\n".utf8)) && pgm.output.last == 255)
    }

    @Test("ink and paper have levels, and the background can be transparent")
    func levels() throws {
        let gray = try png("1.2", "--ink", "40", "--paper", "200")
        #expect(gray.pixels.min() == 40 && gray.pixels[0] == 200)
        try run("1.2", "--background", "transparent", "--invert", "-o", "t.png").expectSuccess()
        #expect(try png("12", "--boxes", "--height", "64").height == 64)
    }

    @Test("a preview shows lines and the command that saves them")
    func preview() throws {
        let outcome = try run("1,204.00", "--count", "2", "--preview", "blocks")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("digitgen '1,204.00' --count 2 --seed 1"), "\(outcome.errors)")
    }

    @Test("texts and patterns may begin with a hyphen, and the command of a preview draws them")
    func hyphens() throws {
        #expect(try png("--pattern", "-##", "--count", "2", "--height", "20").height == 40)
        for words in [["--", "-5"], ["--pattern", "-#"]] {
            let outcome = try Program.run(
                ["--count", "2", "--seed", "1", "--preview", "blocks"] + words, folder: folder.path)
            let command = try #require(outcome.errors.firstMatch(of: /To keep them: (digitgen .*)/)).1
            folder.remove("digits.png")
            try Shell.run(String(command), folder: folder.path).expectSuccess()
            let drawn = try Program.run(["--count", "2", "--seed", "1"] + words, folder: folder.path)
            #expect(drawn.status == 0 && folder.read("digits.png") == drawn.output, "\(command)")
        }
    }

    @Test("an output that cannot be made is noticed before lines are drawn")
    func outputFirst() throws {
        // Drawn first, the text would be too long.
        try run("1.23456789", "--across", "50", "-o", "none/x.png").expectFailure(73, "none/x.png")
        try run("1.23456789", "--across", "50", "-o", "x.png").expectFailure(65, "pixels wide")
        #expect(folder.names() == [])
    }

    @Test("what lines cannot be is one line with what would be right")
    func errors() throws {
        try run("12a").expectFailure(64, of: "digitgen", "'a'", "position 3", "digits, spaces and -.,/:+()")
        try run("").expectFailure(64, of: "digitgen", "empty")
        try run("--pattern", "##{").expectFailure(64, of: "digitgen", "position 4", "{m,n}")
        try run("--pattern", "zap").expectFailure(64, of: "digitgen", "zap", "date-iso")
        try run("--length", "8-3").expectFailure(64, of: "digitgen", "8-3", "3-8")
        try run("1.2", "--height", "9").expectFailure(64, of: "digitgen", "16 to 1024")
        try run("1.2", "--height", "20", "--margin", "8").expectFailure(64, of: "digitgen", "--margin", "0…4")
        try run("1.2", "--ink", "0").expectFailure(64, of: "digitgen", "--ink", "--paper")
        try run("1.23456789", "--across", "50").expectFailure(65, of: "digitgen", "pixels wide", "--across")
        try run("1.2", "--format", "npy").expectFailure(64, of: "digitgen", "--across")
        try run("1.2", "--format", "svg").expectFailure(64, of: "digitgen", "png or pgm")
        try run("1.2", "--model", "cdcgan").expectFailure(64, of: "digitgen", "no ink", "ink")
        try run("1.2", "--size", "56").expectFailure(64, of: "digitgen", "--height")
        try run("1.2", "-o", "a-%d.png").expectFailure(64, of: "digitgen", "omit %d", "digitgen dataset")
        try run("--pattern", "#{0}").expectFailure(64, of: "digitgen", "n at least 1")
        try run("12", "--pattern", "#").expectFailure(64, of: "digitgen", "--pattern")
        try run("--pattern", "#", "--from", "x").expectFailure(64, of: "digitgen", "mutually exclusive")
        try run("--height", "48").expectFailure(64, of: "digitgen", "text")
        try run("--from", "none.txt").expectFailure(66, of: "digitgen", "none.txt")
        folder.write(Array("1\n2 x\n".utf8), to: "bad.txt")
        try run("--from", "bad.txt", "-o", "bad.png").expectFailure(
            65, of: "digitgen", "line 2", "position 3")
        folder.write(Array("12\r34\r".utf8), to: "old.txt")
        try run("--from", "old.txt").expectFailure(
            65, of: "digitgen", "line 1", "carriage return at position 3", "line feed")
        folder.write(Array("1\u{B}2\n".utf8), to: "tab.txt")
        try run("--from", "tab.txt").expectFailure(65, of: "digitgen", #"cannot draw '\x0b' at position 2"#)
        folder.write([], to: "empty.txt")
        try run("--from", "empty.txt").expectFailure(66, of: "digitgen", "empty.txt")
        try run("--from", "-").expectFailure(66, of: "digitgen", "standard input has no lines")
        #expect(folder.names() == ["bad.txt", "empty.txt", "old.txt", "tab.txt"])
    }
}
