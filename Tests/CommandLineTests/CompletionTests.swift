import Foundation
import TestSupport
import Testing

/// What the completions offer in the shells themselves, those of them that are installed.
@Suite("Completions", .needsProgram)
struct CompletionTests {
    private let folder = TemporaryFolder()

    /// A command line up to the cursor, what must be offered for its last word, and what must not.
    struct Line: CustomTestStringConvertible {
        let text: String
        let offered: Set<String>
        let missing: Set<String>

        init(_ text: String, _ offered: Set<String>, not missing: Set<String> = []) {
            self.text = text
            self.offered = offered
            self.missing = missing
        }

        var testDescription: String { text }
    }

    private static let lines = [
        Line("digitgen ", ["generate", "dataset", "serve", "models", "inspect", "bench", "help"]),
        Line("digitgen da", ["dataset"], not: ["models"]),
        Line("digitgen --fo", ["--format"], not: ["--filter"]),
        Line("digitgen 7 --fo", ["--format"]),
        Line("digitgen 7 --count 3 --p", ["--padding", "--preview"], not: ["--format"]),
        Line(
            "digitgen 7 --format ", ["png", "svg", "idx", "npy", "pgm", "raw"],
            not: ["tar", "picture.png"]),
        Line("digitgen generate 7 --filter ", ["smooth", "pixels"]),
        Line("digitgen --model ", ["cdcgan", "cgan", "dcgan", "gan"], not: ["picture.png"]),
        Line("digitgen bench --model d", ["dcgan"], not: ["cdcgan"]),
        Line("digitgen -o ", ["picture.png", "sub/"]),
        Line("digitgen 7 --output pic", ["picture.png"], not: ["sub/"]),
        Line("digitgen --weights we", ["weights.zst"]),
        Line("digitgen inspect ", ["cdcgan", "weights.zst", "sub/"]),
        Line("digitgen inspect we", ["weights.zst"], not: ["cdcgan"]),
        Line("digitgen help ", ["generate", "dataset", "serve", "models", "inspect", "bench"]),
        Line("digitgen help d", ["dataset"], not: ["--version"]),
        Line("digitgen dataset --format ", ["idx", "png", "npy", "tar"], not: ["raw"]),
        Line("digitgen dataset --count 3 --s", ["--seed", "--shard"], not: ["--scale"]),
        Line("digitgen dataset -o ", ["sub/"], not: ["picture.png"]),
        Line("digitgen serve --framing ", ["json", "binary"]),
        Line("digitgen models --j", ["--json"]),
        Line("digitgen-train q", ["quantize"], not: ["fit"]),
        Line("digitgen-train fit ", ["gan", "cgan", "dcgan", "cdcgan"]),
        Line("digitgen-train fit gan --data ", ["sub/"], not: ["picture.png"]),
        Line("digitgen-train --v", ["--version"]),
        Line("digitgen-train evaluate we", ["weights.zst"]),
    ]

    /// Puts the scripts of both programs and some files into the folder.
    private func prepare(_ shell: String) throws {
        let outcome = try Shell.run(
            """
            mkdir sub; touch picture.png weights.zst
            for program in digitgen digitgen-train; do
                $program --generate-completion-script \(shell) > $program.\(shell)
            done
            """, folder: folder.path)
        outcome.expectSuccess()
    }

    /// Checks what a script for each line prints: the words that are offered, and a line "END".
    private func expect(_ outcome: Execution.Outcome) throws {
        let answers = outcome.text.replacing("\r", with: "").components(separatedBy: "END\n").dropLast()
        try #require(answers.count == Self.lines.count, "\(outcome)")
        for (line, answer) in zip(Self.lines, answers) {
            let words = Set(answer.split { $0.isWhitespace || $0 == "=" }.map(String.init))
            #expect(line.offered.isSubset(of: words), "\(line.text): \(words)")
            #expect(line.missing.isDisjoint(with: words), "\(line.text): \(words)")
        }
    }

    private func quoted(_ text: String) -> String { "'\(text)'" }

    @Test("in bash")
    func bash() throws {
        try prepare("bash")
        let script =
            """
            source ./digitgen.bash; source ./digitgen-train.bash
            complete_line() {
                read -ra COMP_WORDS <<<"$1"
                [[ $1 != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                local function=_${COMP_WORDS[0]//-/_} name
                $function
                # Readline marks folders.
                for name in "${COMPREPLY[@]}"; do [[ -d $name ]] && echo "$name/" || echo "$name"; done
                echo END
            }

            """ + Self.lines.map { "complete_line \(quoted($0.text))" }.joined(separator: "\n")
        try expect(Shell.run(script, folder: folder.path))
    }

    @Test(
        "in bash on a terminal, names with spaces and values behind an equals sign",
        .enabled(if: Shell.has("script")))
    func bashTerminal() throws {
        try prepare("bash")
        folder.write(
            Array(
                """
                source ./digitgen.bash
                bind 'set enable-bracketed-paste off' 'set page-completions off' 2>/dev/null
                digitgen() { printf '<%s>' "$@"; echo; }
                digitgen -o a\t
                digitgen 7 --format=np\t
                digitgen --out\tb\\ \t
                exit

                """.utf8), to: "keys")
        let outcome = try Shell.run(
            """
            touch 'a file.png' 'b file.png'
            { while IFS= read -r line; do sleep 0.3; printf '%s\\r' "$line"; done < keys; sleep 0.3; } |
                TERM=dumb script -qec 'bash --norc --noprofile -i' /dev/null
            """, folder: folder.path)
        for expected in ["<-o><a file.png>", "<7><--format=npy>", "<--output><b file.png>"] {
            #expect(outcome.text.contains(expected), "\(outcome.text)")
        }
    }

    @Test("in zsh", .enabled(if: Shell.has("zsh")))
    func zsh() throws {
        try prepare("zsh")
        folder.write(
            Array(
                """
                zmodload zsh/zpty
                zpty shell 'TERM=dumb zsh -f -i'
                zpty -w shell 'PS1="<""ready>"; unsetopt prompt_sp zle_bracketed_paste; LISTMAX=1000; autoload -Uz compinit; compinit -u -D'
                zpty -w shell 'source ./digitgen.zsh; source ./digitgen-train.zsh; bindkey ^T list-choices; print REA""DY'
                zpty -r shell answer '*READY*'
                # Keys that come before the line editor does are the terminal's.
                zpty -r shell answer '*<ready>*'
                while IFS= read -r line; do
                    zpty -n -w shell "$line"$'\\x14\\x15'
                    zpty -w shell 'print E""ND'
                    zpty -r shell answer '*END*'
                    zpty -r shell rest '*<ready>*'
                    # Without the words that were typed.
                    print -r -- "${${answer#*$line}//END/}"
                    print END
                done < lines
                zpty -d shell

                """.utf8), to: "script")
        folder.write(Array((Self.lines.map(\.text).joined(separator: "\n") + "\n").utf8), to: "lines")
        try expect(Shell.run("zsh -f script", folder: folder.path))
    }

    @Test("in fish", .enabled(if: Shell.has("fish")))
    func fish() throws {
        try prepare("fish")
        let script =
            "source ./digitgen.fish; source ./digitgen-train.fish\n"
            + Self.lines.map {
                "complete -C \(quoted($0.text)) | string replace -r '\\t.*' ''; echo END"
            }.joined(separator: "\n")
        folder.write(Array(script.utf8), to: "script")
        try expect(Shell.run("fish --no-config script", folder: folder.path))
    }
}
