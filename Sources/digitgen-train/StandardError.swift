#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard error as a target of `print`.
struct StandardError: TextOutputStream {
    nonisolated(unsafe) static var stream = StandardError()

    mutating func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
