import TestSupport
import Testing

@Suite("serve", .needsProgram)
struct ServeTests {
    private let sample: Sample

    init() throws {
        sample = try Sample()
    }

    private func run(_ script: String) throws -> Execution.Outcome {
        try sample.script(script, options: "")
    }

    @Test("requests are answered with an empty environment, and the end of the input ends the program")
    func pipe() throws {
        let outcome = try run(#"printf '{"id":1,"op":"ping"}\n\n7' | env -i $(command -v digitgen) serve $W"#)
        outcome.expectSuccess()
        let lines = outcome.text.split(separator: "\n")
        try #require(lines.count == 3)
        #expect(lines[0] == #"{"id":1,"ok":true,"op":"ping"}"#)
        #expect(lines[1].contains(#""code":"invalid_json""#))
        #expect(lines[2].hasPrefix(#"{"id":null,"ok":true,"model":"sample","#))
        try run("digitgen serve $W < /dev/null").expectSuccess()
    }

    @Test("lines as Windows writes them are read: a byte order mark first, carriage returns at their ends")
    func windowsLines() throws {
        let outcome = try run(#"printf '\xef\xbb\xbf"7"\r\n{"id":2,"op":"ping"}\r\n' | digitgen serve $W"#)
        outcome.expectSuccess()
        let lines = outcome.text.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"id":null,"ok":true,"model":"sample","#))
        #expect(lines[1] == #"{"id":2,"ok":true,"op":"ping"}"#)
    }

    @Test("a reply comes while the input stays open")
    func conversation() throws {
        let outcome = try run(
            """
            coproc digitgen serve $W
            for word in '{"op":"ping"}' x '"12"'; do
                echo "$word" >&${COPROC[1]}
                read -r -t 20 reply <&${COPROC[0]} && echo "${reply:0:20}"
            done
            """)
        #expect(
            outcome.text
                == #"{"id":null,"ok":true\#n{"id":null,"ok":fals\#n{"id":null,"ok":true\#n"#)
    }

    @Test("a picture has the command line's bytes, and single ones those of a data set")
    func sameBytes() throws {
        try run(
            #"""
            set -eo pipefail
            image() { digitgen serve $W --framing binary | tail -n +2 | head -c -1; }
            cmp <(echo '{"digits":"90210","count":7,"seed":3}' | image) <(digitgen 90210 --count 7 --seed 3 $W)
            cmp <(echo '{"digits":"4","count":7,"seed":3,"format":"raw","layout":"each"}' | image) \
                <(digitgen 4 --count 7 --seed 3 --format raw $W)
            digitgen dataset --count 20 --seed 3 --format png -o set $W
            cmp <(echo '{"digits":"3","first":13,"seed":3,"layout":"each"}' | image) set/3/*13.png
            """#
        ).expectSuccess()
    }

    @Test("a reader that leaves ends the program quietly")
    func closedOutput() throws {
        let outcome = try run("{ yes 7 | digitgen serve $W; echo $? > status; } | head -1 | wc -l")
        #expect(outcome.text == "1\n" && outcome.errors == "")
        #expect(sample.folder.contents("status") == Array("0\n".utf8))
    }

    @Test("SIGTERM ends an idle program well")
    func idleSignal() throws {
        let outcome = try run(
            """
            mkfifo in; digitgen serve $W < in > out &
            exec 3> in; echo 7 >&3
            until [ -s out ]; do sleep 0.02; done
            kill -TERM $!; wait $!; echo $?; wc -l < out
            """)
        #expect(outcome.text == "0\n1\n" && outcome.errors == "")
    }

    @Test("SIGTERM lets a busy program finish what it has begun, and tells that there was more")
    func busySignal() throws {
        let outcome = try run(
            """
            yes '{"digits":"0123456789","count":20}' | digitgen serve $W > out &
            until [ -s out ]; do sleep 0.02; done
            kill -TERM $!; wait $!; echo $?; tail -c 3 out
            """)
        #expect(outcome.text == "143\n\"}\n" && outcome.errors == "")
    }

    @Test("SIGTERM ends the program although nobody reads what it answers")
    func stuckSignal() throws {
        let outcome = try run(
            """
            mkfifo out; exec 4<> out
            yes 7 | digitgen serve $W > out &
            sleep 0.5; kill -TERM $!; wait $!; echo $?
            """)
        #expect(outcome.text == "143\n" && outcome.errors == "")
    }

    @Test("without an input there is an error, and on a terminal no binary framing")
    func failures() throws {
        try run("digitgen serve $W <&-").expectFailure(74, "standard input")
        try run("digitgen serve $W < /").expectFailure(74, "standard input", "directory")
        try run("digitgen serve $W --framing xml < /dev/null").expectFailure(64, "json", "binary")
        try run("digitgen serve --weights none < /dev/null").expectFailure(66, "none")
        let shown = try sample.run(
            "serve", "--framing", "binary", output: .terminal(columns: 80))
        #expect(shown.status == 64 && shown.errors.contains("terminal"))
    }
}
