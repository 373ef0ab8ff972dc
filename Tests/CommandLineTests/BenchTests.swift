import StrictJSON
import Testing

@Suite("Bench", .needsProgram)
struct BenchTests {
    @Test("bench as JSON has the speed of the batch that was asked for, and every layer")
    func json() throws {
        let sample = try Sample()
        let outcome = try sample.run("bench", "--batch", "16", "--threads", "2", "--seconds", "0", "--json")
        outcome.expectSuccess()
        let report = try #require(JSONValue(parsing: outcome.output).object)
        #expect(report["model"]?.string == "sample")
        #expect(report["batch"]?.number?.text == "16")
        #expect(report["threads"]?.number?.text == "2")
        #expect(report["macs_per_image"]?.number?.text == "12544")
        #expect(report["runs"]?.array?.count == 1)
        #expect(report["layers"]?.array?.count == 2)
        for key in ["images_per_second", "gmacs_per_second", "peak_gmacs_per_second", "share_of_peak"] {
            #expect(report[key]?.number != nil, "\(key)")
        }
    }

    @Test("bench in words names the model, the instruction set that was forced, and each step")
    func words() throws {
        let sample = try Sample()
        let outcome = try sample.run(
            "bench", "--threads", "1", "--seconds", "0", environment: ["DIGITGEN_ISA=scalar"])
        outcome.expectSuccess()
        for word in ["sample on scalar", "12,544", "images/s", "1024", "latents", "dense 28×28×1", "%"] {
            #expect(outcome.text.contains(word), "\(outcome.text)")
        }
    }

    @Test("bench measures models that take no orders, too")
    func unconditional() throws {
        let sample = try Sample()
        let outcome = try Program.run(
            "bench", "--batch", "3", "--threads", "1", "--seconds", "0", "--weights",
            sample.unconditionalWeights)
        outcome.expectSuccess()
    }

    @Test("a process that is bound to one processor draws on one thread", .enabled(if: Shell.has("taskset")))
    func affinity() throws {
        let sample = try Sample()
        let outcome = try Shell.run(
            "taskset -c $(taskset -cp $$ | sed 's/.*: //; s/[-,].*//') "
                + "digitgen bench --batch 1 --seconds 0 --json --weights \(sample.weights)",
            folder: sample.folder.path)
        outcome.expectSuccess()
        let report = try #require(JSONValue(parsing: outcome.output).object)
        let threads = report["runs"]?.array?.map { $0.object?["threads"]?.number?.text }
        #expect(threads == ["1"])
    }

    @Test("numbers out of bounds are answered with the bounds")
    func usage() throws {
        let sample = try Sample()
        try sample.run("bench", "--batch", "0").expectFailure(64, "--batch", "from 1 to 65536")
        try sample.run("bench", "--threads", "-1").expectFailure(64, "--threads", "from 1 to 1024")
        try sample.run("bench", "--seconds", "1.5").expectFailure(64, "--seconds", "from 0 to 3600")
        try sample.run("bench", environment: ["DIGITGEN_ISA=mmx"]).expectFailure(64, "mmx", "scalar")
        try Program.run("bench", "--weights", "/none/x.zst").expectFailure(66, "/none/x.zst")
        try Program.run("bench", "--model", "vae").expectFailure(64, "vae")
    }
}
