import ArgumentParser
import CommandLineSupport
import DigitService

/// What chance begins with.
struct SeedOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.",
            valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64?

    /// The seed that was given, or a fresh one.
    func resolved() -> UInt64 { seed ?? FreshSeed.draw() }
}
