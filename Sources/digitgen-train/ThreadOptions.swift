import NeuralNetwork
import ArgumentParser
import CommandLineSupport

/// How many threads a command uses.
struct ThreadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads to use. (default: one for each processor)", valueName: "t"),
        transform: Numbers.within(1...256))
    var threads: Int?

    var parallel: Parallel { threads.map { Parallel(threads: $0) } ?? Parallel() }
}
