import ArgumentParser

/// What chance begins with.
struct SeedOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.",
            valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64?

    /// The seed that was given, or a fresh one from the system. A fresh one is below 2^53, so that programs
    /// which read numbers as doubles keep it whole.
    func resolved() -> UInt64 {
        seed ?? UInt64.random(in: 0..<1 << 53)
    }
}
