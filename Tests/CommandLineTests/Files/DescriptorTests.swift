import Glibc
import TestSupport
import Testing

/// Outputs that are descriptors which somebody else has opened.
@Suite("Descriptors", .needsProgram)
struct DescriptorTests {
    private let sample: Sample

    init() throws {
        sample = try Sample()
    }

    private func run(_ script: String) throws -> Execution.Outcome {
        try sample.script(script)
    }

    @Test(
        "a path that names a descriptor is written to where the descriptor stands",
        arguments: [
            "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/thread-self/fd/1", "/proc/$BASHPID/fd/1",
            "//dev/./stdout", "/dev/../dev/stdout", "link", "../$(basename $PWD)/link",
        ])
    func namedStandardOutput(path: String) throws {
        try run(
            #"""
            set -e
            ln -s /dev/stdout link
            digitgen 7 --format pgm $W > picture
            { echo head; (exec digitgen 7 --format pgm -o "\#(path)" $W); echo tail; } > f
            { echo head; cat picture; echo tail; } | cmp - f
            echo before > g; (exec digitgen 7 --format pgm -o "\#(path)" $W) >> g
            { echo before; cat picture; } | cmp - g
            (exec digitgen 7 --format pgm -o "\#(path)" $W) | cmp - picture
            [ -L link ]
            """#
        ).expectSuccess()
        #expect(sample.madeNames == ["f", "g", "link", "picture"])
    }

    @Test("standard error and other descriptors are named, too, and get no labels beside them")
    func otherDescriptors() throws {
        try run(
            #"""
            set -e
            digitgen --count 12 --format idx $W > images
            digitgen --count 12 --format idx -o /dev/stderr $W 2> e
            { echo head >&7; digitgen --count 12 --format idx -o /dev/fd/7 $W; echo tail >&7; } 7> f
            cmp images e; { echo head; cat images; echo tail; } | cmp - f
            """#
        ).expectSuccess()
        #expect(sample.madeNames == ["e", "f", "images"])
    }

    @Test("a folder that a descriptor names holds files, as any folder")
    func folder() throws {
        try run("mkdir d; digitgen 7 --count 2 --format npy -o /dev/fd/5 $W 5< d").expectSuccess()
        #expect(sample.folder.names("d") == ["images.npy", "labels.npy"])
    }

    @Test("a terminal that is named gets the bytes that were asked for")
    func terminal() throws {
        let outcome = try sample.run(
            "7", "--format", "pgm", "-o", "/dev/stdout", output: .terminal(columns: 80))
        #expect(outcome.status == 0 && outcome.text.hasPrefix("P5\n28 28\n255\n"), "\(outcome.errors)")
    }

    @Test(
        "a descriptor that is not open, or not for writing, is an error that says so",
        arguments: [
            ("/dev/fd/9 7 9>&-", "descriptor 9 is not open"),
            ("/proc/self/fd/9 7 9>&-", "descriptor 9 is not open"),
            ("/dev/stdout 7 >&-", "descriptor 1 is not open"),
            ("/dev/fd/8 7 8< images", "descriptor 8 is not open for writing"),
            ("/dev/fd/3 7 3>&-", "descriptor 3 is not open"),
        ])
    func notOpen(words: String, reason: String) throws {
        sample.folder.write([1], to: "images")
        try run("digitgen $W -o \(words)").expectFailure(73, "'/", reason)
        #expect(sample.madeNames == ["images"] && sample.folder.contents("images") == [1])
    }

    @Test("the trainer, too, writes to the descriptor that a path names")
    func trainer() throws {
        TinyDigits.write(to: sample.folder, "mnist")
        let outcome = try run(
            #"""
            set -e
            digitgen-train fit gan --data mnist --output run --epochs 1 --batch-size 500 2> log
            { echo head; digitgen-train quantize run --data mnist -o /dev/stdout; echo tail; } > f
            [ "$(head -n 1 f)" = head ]; [ "$(tail -c 5 f)" = tail ]
            tail -c +6 f | head -c -5 > bundle; digitgen --count 1 --weights bundle > picture
            """#)
        #expect(
            outcome.status == 0 && outcome.errors.contains("/dev/stdout: gan, epoch 1"), "\(outcome.errors)")
        try run("digitgen-train quantize run --data mnist -o /dev/fd/9 9>&-")
            .expectFailure(73, of: "digitgen-train", "descriptor 9 is not open")
    }

    @Test("a pipe that does not block and is read slowly gets everything")
    func slowPipe() throws {
        let sample = try Sample()
        for words in [["7", "--format", "raw"], ["7", "--format", "raw", "-o", "/dev/stdout"]] {
            let line = words + ["--count", "400", "--seed", "1", "--weights", sample.weights]
            let slow = try Program.run(line, output: .slowPipe)
            slow.expectSuccess()
            #expect(slow.output == (try Program.run(line).output) && slow.output.count == 400 * 784)
        }
    }

    @Test("a session over pipes that do not block answers everything")
    func slowSession() throws {
        let request = #"{"digits":"7","count":100,"seed":1,"format":"raw"}"# + "\n"
        let pieces = [request, String(request.prefix(20)), String(request.dropFirst(20)), request]
        let line = ["serve", "--weights", sample.weights]
        let outcome = try Program.run(line, input: .slowPipe(pieces), output: .slowPipe)
        outcome.expectSuccess()
        let replies = outcome.text.split(separator: "\n")
        #expect(replies.count == 3 && Set(replies).count == 1 && outcome.output.count > 1 << 18)
    }

    @Test("SIGTERM ends a training whose messages nobody reads")
    func stuckMessages() throws {
        TinyDigits.write(to: sample.folder, "mnist")
        let outcome = try run(
            #"""
            mkfifo errors; exec 4<> errors; head -c 65536 /dev/zero > errors
            digitgen-train fit gan --data mnist --output run --epochs 100000 --batch-size 500 --threads 1 2> errors &
            until [ -s run/checkpoint ]; do sleep 0.02; done
            kill -TERM $!; wait $!; echo $?
            """#)
        #expect(outcome.text == "143\n")
    }

    @Test("SIGTERM ends a program that waits for a pipe that does not block", arguments: [["7"], ["serve"]])
    func stuckPipe(command: [String]) throws {
        let words =
            command == ["7"]
            ? ["7", "--count", "100000", "--format", "raw"]
            : command
        let execution = try Program.start(
            words + ["--weights", sample.weights],
            input: .slowPipe([#"{"digits":"7","count":900,"format":"raw"}"# + "\n"]), output: .slowPipe)
        let outcome = execution.outcome(stuck: SIGTERM)
        #expect(outcome.status == 128 + SIGTERM && outcome.errors == "")
    }
}
