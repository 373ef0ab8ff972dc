import DigitImaging
import StrictJSON

/// Text for standard output. Unlike `Swift.print`, a full disk or a closed pipe is noticed.
enum StandardOutput {
    /// Writes `text` and a line feed. Throws `ImagingError.cannotWrite` or `.closedPipe`.
    static func print(_ text: String) throws(ImagingError) {
        try DescriptorSink.standardOutput().write(Array("\(text)\n".utf8))
    }

    /// Writes `value` on a line. Throws as `print` of a text.
    static func print(_ value: JSONValue) throws(ImagingError) {
        try print(value.text)
    }
}

/// Messages for people. Where they cannot be written there is nobody to tell.
enum StandardError {
    /// Writes `text` and a line feed.
    static func print(_ text: String) {
        write("\(text)\n")
    }

    /// Writes `text` as it is.
    static func write(_ text: String) {
        try? DescriptorSink.standardError().write(Array(text.utf8))
    }
}
