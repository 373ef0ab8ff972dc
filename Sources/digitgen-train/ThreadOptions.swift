import ArgumentParser
import CommandLineSupport
import DigitTraining

/// How many threads a command uses.
struct ThreadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads to use; all of the machine's without it.", valueName: "t"),
        transform: Numbers.within(1...256))
    var threads: Int?

    /// Throws `DigitGeneratorError.notEnoughMemory`.
    func parallel() throws -> Parallel { try Parallel(checkingMemoryFor: threads) }
}
