import ArgumentParser
import CommandLineSupport
import DigitGen
import Platform
import StrictJSON

/// Measures how fast a model draws on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast a model draws.",
        discussion: """
            Measures drawing from seeds to pixels for several batch sizes and numbers of threads. Each rate is \
            also given as a share of this core's peak multiply-accumulate rate, measured in the same run. \
            DIGITGEN_ISA selects an instruction set.

            EXAMPLES:
              digitgen bench
              digitgen bench --model cgan --threads 1 --batch 64 --json
            """)

    @OptionGroup(title: "Model") var modelOptions: ModelOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Images per batch. (default: several from 1 to 1024)", valueName: "number"),
        transform: Numbers.within(1...65_536))
    var batch: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of threads. (default: several up to all processors)", valueName: "number"),
        transform: Numbers.within(1...1024))
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Duration of the measurement; 0 measures everything once.", valueName: "seconds"),
        transform: Numbers.within(0...3600))
    var seconds = 3

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let benchmark = Benchmark(
            batches: batch.map { [$0] } ?? [1, 8, 64, 256, 1024],
            threads: threads.map { [$0] } ?? Self.threadCounts(upTo: Processors.count),
            duration: .seconds(seconds))
        let report = BenchReport(result: benchmark.run(try modelOptions.generator()))
        guard !json else { return try StandardOutput.print(.object(report.json)) }
        try StandardOutput.print(report.text)
    }

    /// The powers of two below `limit`, and `limit`.
    private static func threadCounts(upTo limit: Int) -> [Int] {
        var counts = [1]
        while let last = counts.last, last < limit { counts.append(min(last * 2, limit)) }
        return counts
    }
}

/// The output of `bench`, for people and for programs.
struct BenchReport {
    let result: Benchmark.Result

    /// The representative measurement: the largest batch on the fewest threads.
    private var headline: Benchmark.Measurement? {
        result.measurements.max { ($0.batch, -$0.threads) < ($1.batch, -$1.threads) }
    }

    private var stageTime: Double { result.stages.reduce(0) { $0 + $1.time.nanoseconds } }

    /// Everything, as JSON. The keys of `headline` are at the top, those of all measurements in `runs`.
    var json: JSONObject {
        var object: JSONObject = ["model": .string(result.model), "isa": .string(result.tier)]
        for member in headline?.members ?? [] { object[member.key] = member.value }
        object["macs_per_image"] = .integer(result.macsPerImage)
        object["layers"] = .array(
            result.stages.map { stage in
                .object([
                    "name": .string(stage.name), "macs_per_image": .integer(stage.macsPerImage),
                    "seconds_per_image": .double(stage.time.nanoseconds / 1e9),
                    "share_of_time": .double(stage.time.nanoseconds / stageTime),
                    "gmacs_per_second": .double(stage.gmacsPerSecond),
                ])
            })
        object["runs"] = .array(
            result.measurements.map { measurement in
                var run = JSONObject()
                for member in measurement.members { run[member.key] = member.value }
                return .object(run)
            })
        return object
    }

    /// Everything, as two tables.
    var text: String {
        """
        \(result.model) on \(result.tier), \(result.macsPerImage.grouped) MACs per image
        \(speeds.text(indentation: "  "))
          one image on one thread, step by step
        \(stages.text(indentation: "    "))
        """
    }

    private var speeds: TextTable {
        var table = TextTable()
        table.append(["threads", "batch", "µs/batch", "images/s", "GMAC/s", "peak", "share"])
        for run in result.measurements {
            table.append([
                "\(run.threads)", "\(run.batch)", (run.time.nanoseconds / 1000).rounded(places: 1),
                Int(run.imagesPerSecond).grouped, run.gmacsPerSecond.rounded(places: 1),
                run.peakGMACsPerSecond.rounded(places: 1), run.shareOfPeak.percent,
            ])
        }
        return table
    }

    private var stages: TextTable {
        let peak = headline.map { $0.peakGMACsPerSecond / Double($0.threads) } ?? 0
        var table = TextTable()
        table.append(["step", "µs/image", "time", "GMAC/s", "share of peak"])
        for stage in result.stages {
            let cells = [
                stage.name, (stage.time.nanoseconds / 1000).rounded(places: 2),
                (stage.time.nanoseconds / stageTime).percent,
            ]
            let rates = [stage.gmacsPerSecond.rounded(places: 1), (stage.gmacsPerSecond / peak).percent]
            table.append(stage.macsPerImage > 0 ? cells + rates : cells)
        }
        return table
    }
}

extension Benchmark.Measurement {
    fileprivate var members: [(key: String, value: JSONValue)] {
        [
            ("threads", .integer(threads)), ("batch", .integer(batch)),
            ("seconds_per_batch", .double(time.nanoseconds / 1e9)),
            ("images_per_second", .double(imagesPerSecond)),
            ("gmacs_per_second", .double(gmacsPerSecond)),
            ("peak_gmacs_per_second", .double(peakGMACsPerSecond)),
            ("share_of_peak", .double(shareOfPeak)),
        ]
    }
}

extension Double {
    /// The number with `places` decimal places, 0 to 6; "–" if it is not finite or too large.
    fileprivate func rounded(places: Int) -> String {
        var unit = 1
        for _ in 0..<places { unit *= 10 }
        guard let scaled = Int(exactly: (self * Double(unit)).rounded()) else { return "–" }
        guard places > 0 else { return scaled.grouped }
        let fraction = String(scaled.magnitude % UInt(unit))
        return (scaled / unit).grouped + "." + String(repeating: "0", count: places - fraction.count)
            + fraction
    }

    /// The share in percent.
    fileprivate var percent: String { (self * 100).rounded(places: 0) + " %" }
}
