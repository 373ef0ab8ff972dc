import DigitImaging

/// Standard error as a target of `print`.
struct StandardError: TextOutputStream {
    nonisolated(unsafe) static var stream = StandardError()

    mutating func write(_ text: String) {
        // What cannot be said is lost, no reason to stop.
        try? DescriptorSink.standardError().write(Array(text.utf8))
    }
}
