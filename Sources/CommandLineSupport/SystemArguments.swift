import Platform

/// The program's arguments as texts of the system, its name left out: unlike `CommandLine.arguments`, they are not
/// repaired where they are no UTF-8.
package var systemArguments: [String] {
    (0..<Int(CommandLine.argc)).dropFirst().compactMap { index in
        CommandLine.unsafeArgv[index].map { String(systemText: $0) }
    }
}
