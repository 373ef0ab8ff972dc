import ArgumentParser
import DigitTraining

/// How many threads a command uses.
struct ThreadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads to use; all of the machine's without it.", valueName: "t"))
    var threads: Int?

    func validate() throws {
        guard let threads, !(1...256).contains(threads) else { return }
        throw ValidationError("--threads is \(threads); it must be from 1 to 256")
    }

    /// Throws `DigitGeneratorError.notEnoughMemory`.
    func parallel() throws -> Parallel { try Parallel(checkingMemoryFor: threads) }
}
