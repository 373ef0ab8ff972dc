import CBuild
import DigitGen

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
