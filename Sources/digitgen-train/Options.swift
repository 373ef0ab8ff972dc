import ArgumentParser
import CommandLineSupport
import NeuralNetwork

/// The digits that a command learns from or measures by.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of labelled digits: MNIST's four files, or what digitgen dataset wrote.", valueName: "dir"
        ),
        transform: PathNames.folder)
    var data: String
}

/// The number of threads that a command uses.
struct ThreadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads to use. (default: one for each processor)", valueName: "t"),
        transform: Numbers.within(1...256))
    var threads: Int?

    var parallel: Parallel { threads.map { Parallel(threads: $0) } ?? Parallel() }
}
