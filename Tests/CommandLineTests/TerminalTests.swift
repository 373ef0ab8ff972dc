import TestSupport
import Testing

@Suite("Terminal", .needsProgram, .serialized)
struct TerminalTests {
    private let color = ["TERM=xterm-256color"]

    @Test("a terminal gets a preview in half blocks, and the command that keeps it")
    func preview() throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "7", "--count", "4", "--seed", "12", environment: color, output: .terminal(columns: 60))
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("▀") && outcome.text.contains("\u{1B}[38;5;"))
        #expect(outcome.text.split(separator: "\n").count == 28)
        #expect(outcome.errors.contains("digitgen 7 --count 4 --seed 12 --weights"))
        #expect(outcome.errors.contains("-o digits.png"))
    }

    @Test(
        "whatever the format, no bytes of it reach a terminal",
        arguments: ["png", "idx", "raw", "pgm", "npy"])
    func noBinary(format: String) throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "7", "--seed", "1", "--format", format, environment: ["TERM=dumb"], output: .terminal(columns: 80)
        )
        #expect(outcome.status == 0)
        #expect(Set(outcome.text).isSubset(of: [" ", "▀", "▄", "█", "\n"]))
    }

    @Test("24-bit colours where the terminal has them; plain blocks under NO_COLOR and without TERM")
    func colors() throws {
        let sample = try Sample()
        func text(_ environment: [String]) throws -> String {
            try sample.run("7", "--seed", "1", environment: environment, output: .terminal(columns: 80)).text
        }
        #expect(try text(color + ["COLORTERM=truecolor"]).contains("\u{1B}[38;2;"))
        #expect(try !text(color + ["COLORTERM=truecolor", "NO_COLOR=1"]).contains("\u{1B}"))
        #expect(try !text([]).contains("\u{1B}"))
    }

    @Test("no line is wider than the terminal", arguments: [10, 28, 61, 200])
    func width(columns: UInt16) throws {
        let sample = try Sample()
        for digits in ["7", "0123456789"] {
            let outcome = try sample.run(
                digits, "--count", "30", "--seed", "1", output: .terminal(columns: columns))
            let widths = outcome.text.split(separator: "\n").map(\.count)
            #expect(widths.max() ?? 0 <= Int(columns))
        }
    }

    @Test("the command that keeps the images repeats what was asked for, and a shell reads it back")
    func command() throws {
        let sample = try Sample()
        sample.folder.write(try SampleBundle.encoded(), to: "it's mine")
        let outcome = try Program.run(
            "7", "--seed", "1", "--format", "npy", "--invert", "--weights", "it's mine",
            output: .terminal(columns: 80), folder: sample.folder.path)
        let expected =
            "digitgen 7 --count 1 --seed 1 --weights 'it'\\''s mine' --format npy --invert -o digits.npy\n"
        #expect(outcome.errors == "To keep them: " + expected)
    }

    @Test("of many images the first are shown, and it is said")
    func many() throws {
        let sample = try Sample()
        let outcome = try sample.run("7", "--count", "1000000", output: .terminal(columns: 80))
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("first 200 of 1000000"))
    }

    @Test("a sheet in blocks, whose margin nobody could read, comes with its numbers in words")
    func sheet() throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "--sheet", "--count", "3", "--style", "5", output: .terminal(columns: 80))
        #expect(outcome.errors.hasPrefix("The rows are styles 5 to 7, from the top.\nTo keep them: "))
        let plain = try sample.run("7", output: .terminal(columns: 80))
        #expect(plain.errors.hasPrefix("To keep them: "))
    }

    @Test("-o names a file as anywhere else, and a terminal is no file")
    func outputOption() throws {
        let sample = try Sample()
        let outcome = try sample.run("7", "-o", "a.png", output: .terminal(columns: 80))
        #expect(outcome.text == "")
        #expect(sample.madeNames == ["a.png"])
    }

    @Test("graphics are sent where they are asked for, fitted to the width", arguments: ["sixel", "kitty"])
    func graphics(kind: String) throws {
        let sample = try Sample()
        let start = ["sixel": "\u{1B}P0;1;0q\"1;1;224;224", "kitty": "\u{1B}_Ga=T,f=100,q=2,m="][kind]
        let outcome = try sample.run(
            "7", "--count", "16", "--preview", kind, output: .terminal(columns: 80))
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix(start ?? "?"))
        #expect(outcome.errors.contains("To keep them: digitgen 7 --count 16"))
        let narrow = try sample.run(
            "7", "--count", "16", "--preview", "sixel", output: .terminal(columns: 20))
        #expect(narrow.text.hasPrefix("\u{1B}P0;1;0q\"1;1;112;448"))
    }

    @Test("a preview that is asked for goes into a pipe, too")
    func previewIntoPipe() throws {
        let sample = try Sample()
        let outcome = try sample.run("7", "--preview", "blocks")
        #expect(Set(outcome.text).isSubset(of: [" ", "▀", "▄", "█", "\n"]))
        try sample.run("7", "--preview", "blocks", "-o", "a.png").expectFailure(
            64, "--preview", "leave -o out")
        #expect(sample.madeNames == [])
    }
}
