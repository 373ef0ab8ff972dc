import CBuild
import Platform

StandardDescriptors.fillGaps()
exit(DigitgenCommand.run(arguments: ProcessArguments.all))

/// The arguments that the program was started with.
enum ProcessArguments {
    /// All but the program's name. `CommandLine` has none without /proc.
    static var all: [String] {
        var count: Int32 = 0
        guard let values = dg_arguments(&count) else { return systemArguments }
        return (0..<Int(count)).dropFirst().compactMap { index in values[index].map { String(systemText: $0) }
        }
    }
}
