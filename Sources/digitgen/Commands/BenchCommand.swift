import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import Platform

/// Measures how fast a model draws on this machine.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures how fast a model draws.",
        discussion: """
            From seeds and digits to pixels, by the number of images that are drawn at a time and of threads, \
            and what share that is of what this core's multiplying instructions can do at best, which is \
            measured in the same run. DIGITGEN_ISA chooses an instruction set.

            EXAMPLES:
              digitgen bench
              digitgen bench --model cgan --threads 1 --batch 64 --json
            """)

    @OptionGroup(title: "Model") var modelOptions: ModelOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Images at a time. (default: some of 1 to 1024)", valueName: "number"),
        transform: Numbers.within(1...65_536))
    var batch: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads. (default: some of 1 to all processors)", valueName: "number"),
        transform: Numbers.within(1...1024))
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long to measure; with 0, everything once.", valueName: "seconds"),
        transform: Numbers.within(0...3600))
    var seconds = 3

    @Flag(help: "As JSON: an object.")
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

    /// Powers of two below `limit`, and it.
    private static func threadCounts(upTo limit: Int) -> [Int] {
        var counts = [1]
        while let last = counts.last, last < limit { counts.append(min(last * 2, limit)) }
        return counts
    }
}
