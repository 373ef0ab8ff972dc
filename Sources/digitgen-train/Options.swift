import ArgumentParser
import CommandLineSupport
import NeuralNetwork
import Platform

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

    /// - Throws: `OutputError.notEnoughMemory` if the address space is limited to less than training takes, because
    ///   OpenBLAS retries forever when it is refused a buffer.
    func parallel() throws(OutputError) -> Parallel {
        let threads = threads ?? Processors.count
        guard MemoryLimit.addressSpace >= 1 << 30 + (threads - 1) * 128 << 20 else {
            throw .notEnoughMemory(work: "\(threads) thread\(threads == 1 ? "" : "s") of work")
        }
        return Parallel(threads: threads)
    }
}
