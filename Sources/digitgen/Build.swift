import CBuild
import CommandLineSupport
import DigitGen
import Platform

/// The answer to `--version`: the version, and in parentheses the commit, where it is known, and the instruction set
/// tier in use.
enum VersionText {
    static var text: String {
        let details = [commit, tier].compactMap { $0 }.joined(separator: ", ")
        return "\(ProgramVersion.text) (\(details))"
    }

    /// nil for a build that does not know its commit.
    private static var commit: String? {
        var count = 0
        guard let start = dg_build_commit(&count) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: count).map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes.prefix { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }

    private static var tier: String {
        do { return try KernelTier.preferred().name } catch { return error.description }
    }
}

/// The arguments that the program was started with.
enum ProcessArguments {
    /// All after the program's name. `CommandLine` finds none where there is no /proc.
    static var all: [String] {
        var count: Int32 = 0
        guard let values = dg_arguments(&count) else { return systemArguments }
        return (0..<Int(count)).dropFirst().compactMap { index in values[index].map { String(systemText: $0) }
        }
    }
}
