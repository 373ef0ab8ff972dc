import TestSupport
import Testing

@Suite("Terminal", .needsProgram, .serialized)
struct TerminalTests {
    private let utf8 = ["LANG=C.UTF-8"]
    private let color = ["LANG=C.UTF-8", "TERM=xterm-256color"]

    @Test("a terminal gets a preview in half blocks, and the command that keeps it")
    func preview() throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "7", "--count", "4", "--seed", "12", environment: color, output: .terminal(columns: 60))
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("▀") && outcome.text.contains("\u{1B}[38;5;"))
        // All but the line of the next prompt: two digits above each other, made smaller.
        #expect(outcome.text.split(separator: "\n").count == 23)
        #expect(outcome.errors.contains("digitgen 7 --count 4 --seed 12 --weights"))
        #expect(outcome.errors.contains("-o digits.png"))
    }

    @Test(
        "whatever the format, no bytes of it reach a terminal",
        arguments: ["png", "idx", "raw", "pgm", "npy"])
    func noBinary(format: String) throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "7", "--seed", "1", "--format", format, environment: utf8 + ["TERM=dumb"],
            output: .terminal(columns: 80))
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
        #expect(try !text(utf8).contains("\u{1B}"))
    }

    @Test("no line is wider than the terminal", arguments: [10, 28, 61, 200])
    func width(columns: UInt16) throws {
        let sample = try Sample()
        for digits in ["7", "0123456789"] {
            let outcome = try sample.run(
                digits, "--count", "30", "--seed", "1", environment: utf8, output: .terminal(columns: columns)
            )
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
        #expect(
            outcome.errors.contains("These are the first 32 of 1000000; the other 999968 are not shown.\n"))
        #expect(outcome.errors.contains("To keep them: digitgen 7 --count 1000000"))
    }

    @Test(
        "a picture is no higher than the screen, and what it leaves out is told",
        arguments: [(80, 24), (80, 8), (20, 3), (200, 50), (30, 100), (10, 1)] as [(UInt16, UInt16)])
    func height(columns: UInt16, rows: UInt16) throws {
        let sample = try Sample()
        for arguments in [
            ["7", "--count", "300"], ["--sheet"], [String(repeating: "8", count: 64)],
            ["--count", "9", "1234567890123"],
        ] {
            let outcome = try Program.run(
                arguments + ["--seed", "1", "--weights", sample.weights], environment: utf8,
                output: .terminal(columns: columns, rows: rows))
            let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(outcome.status == 0 && !lines.isEmpty && lines.count <= max(1, Int(rows) - 1))
            #expect(lines.map(\.count).max() ?? 0 <= Int(columns))
            if arguments.contains("300") { #expect(outcome.errors.contains(" of 300; the other ")) }
        }
    }

    @Test("a long number is broken over lines instead of shrunk, and what does not fit of it is told")
    func longNumber() throws {
        let sample = try Sample()
        func lines(_ digits: Int) throws -> (count: Int, errors: String) {
            let outcome = try sample.run(
                String(repeating: "8", count: digits), "--seed", "1", environment: utf8,
                output: .terminal(columns: 80))
            return (outcome.text.count { $0 == "\n" }, outcome.errors)
        }
        // Eight digits stand in a line of 80 columns, at a third of their size; twenty in three, at 40 of 84 pixels.
        #expect(try lines(8).count == 5)
        #expect(try lines(20).count == 23)
        #expect(try !lines(32).errors.contains("first"))
        #expect(
            try lines(64).errors.hasPrefix(
                "These are the first 32 of 64 digits; the other 32 are not shown.\n"))
    }

    @Test(
        "where the locale is not UTF-8 there are ASCII shades: of LC_ALL, LC_CTYPE and LANG the first that is set counts"
    )
    func locale() throws {
        let sample = try Sample()
        func isASCII(_ environment: [String]) throws -> Bool {
            let text = try sample.run(
                "7", "--seed", "1", environment: ["TERM=xterm-256color"] + environment,
                output: .terminal(columns: 80)
            ).text
            if text.utf8.allSatisfy({ $0 < 0x80 }) {
                #expect(Set(text).isSubset(of: Set(" .:-=+*#%@\n")) && Set(text).count > 3)
                return true
            }
            return false
        }
        for environment in [
            [], ["LANG=C"], ["LANG=de_DE.ISO-8859-1"], ["LC_ALL=POSIX", "LANG=C.UTF-8"],
            ["LC_CTYPE=C", "LANG=C.UTF-8"], ["LC_ALL=C", "LC_CTYPE=C.UTF-8"], ["LANG=de_DE@euro"],
        ] {
            #expect(try isASCII(environment), "\(environment)")
        }
        for environment in [
            ["LANG=C.UTF-8"], ["LANG=de_DE.utf8"], ["LC_ALL=", "LC_CTYPE=", "LANG=en_US.UTF-8"],
            ["LC_ALL=C.UTF-8", "LANG=C"], ["LC_CTYPE=en_US.UTF-8@x", "LANG=C"],
        ] {
            #expect(try !isASCII(environment), "\(environment)")
        }
    }

    @Test("the progress of a data set follows the terminal's width, without escape sequences on a dumb one")
    func progress() throws {
        let sample = try Sample()
        let script = """
            stty cols $COLS rows 5; digitgen dataset --count 8100 --format tar --seed 1 -o set --weights \(sample.weights)
            """
        sample.folder.write(Array(script.utf8), to: "script")
        func shown(columns: Int, term: String) throws -> [Substring] {
            let outcome = try Shell.run(
                "rm -rf set; COLS=\(columns) TERM=\(term) script -qec 'bash script' /dev/null < /dev/null",
                folder: sample.folder.path)
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("\u{1B}") == (term != "dumb"))
            return outcome.text.replacing("\u{1B}[K", with: "").split(separator: "\r")
        }
        for (columns, term) in [(30, "xterm"), (60, "dumb")] {
            let lines = try shown(columns: columns, term: term)
            #expect(lines.contains { $0.hasPrefix(columns >= 60 ? "[" : "") && $0.count > 1 }, "\(lines)")
            #expect(lines.allSatisfy { $0.count < columns }, "\(lines)")
        }
    }

    @Test(
        "in tmux, graphics are wrapped where it lets them through, and replaced where it does not",
        .enabled(if: Shell.has("tmux")))
    func tmux() throws {
        let sample = try Sample()
        let outcome = try Shell.run(
            """
            t() { tmux -S tmux.socket -f /dev/null "$@"; }
            t new-session -d -x 80 -y 24 'sleep 100'
            trap 't kill-server' EXIT
            for value in on off; do
                t set -wg allow-passthrough $value
                for kind in kitty sixel; do
                    t new-window -c "$PWD" -e PATH="$PATH" "digitgen 7 --seed 1 --preview $kind --weights sample.safetensors.zst \
                        > $kind-$value 2> errors-$value; tmux wait-for -S done"
                    t wait-for done
                done
            done
            """, folder: sample.folder.path)
        outcome.expectSuccess()
        func text(_ name: String) -> String {
            String(decoding: sample.folder.contents(name) ?? [], as: UTF8.self)
        }
        let wrapper = "\u{1B}Ptmux;\u{1B}\u{1B}7\u{1B}\u{1B}"
        #expect(text("kitty-on").contains("\(wrapper)_Ga=T,f=100,q=2,m="), "\(text("errors-on"))")
        #expect(text("sixel-on").contains("\(wrapper)P0;1;0q"))
        for kind in ["kitty", "sixel"] {
            #expect(text("\(kind)-on").contains("\u{1B}\u{1B}\\\u{1B}\u{1B}8\u{1B}\\"))
            #expect(!text("\(kind)-off").contains("\u{1B}P") && !text("\(kind)-off").contains("\u{1B}_"))
            #expect(text("\(kind)-off").split(separator: "\n").count == 14)
        }
        #expect(text("errors-off").contains("tmux set -p allow-passthrough on"))
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
        let start = ["sixel": "\u{1B}P0;1;0q\"1;1;448;112", "kitty": "\u{1B}_Ga=T,f=100,q=2,m="][kind]
        let outcome = try sample.run(
            "7", "--count", "16", "--preview", kind, output: .terminal(columns: 80))
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix(start ?? "?"))
        #expect(outcome.errors.contains("To keep them: digitgen 7 --count 16"))
        let narrow = try sample.run(
            "7", "--count", "16", "--preview", "sixel", output: .terminal(columns: 20))
        #expect(narrow.text.hasPrefix("\u{1B}P0;1;0q\"1;1;112;336"))
        #expect(narrow.errors.contains("first 12 of 16; the other 4 are not shown"))
    }

    @Test("a preview that is asked for goes into a pipe, too")
    func previewIntoPipe() throws {
        let sample = try Sample()
        let outcome = try sample.run("7", "--preview", "blocks", environment: utf8)
        #expect(Set(outcome.text).isSubset(of: [" ", "▀", "▄", "█", "\n"]))
        try sample.run("7", "--preview", "blocks", "-o", "a.png").expectFailure(
            64, "--preview and --output are mutually exclusive")
        #expect(sample.madeNames == [])
    }
}
