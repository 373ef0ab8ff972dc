/// Text for standard output. Unlike `Swift.print`, a full disk or a closed pipe is noticed.
package enum StandardOutput {
    /// Writes `text` and a line feed. Throws `ImagingError.cannotWrite` or `.closedPipe`.
    package static func print(_ text: String) throws(ImagingError) {
        try write("\(text)\n")
    }

    /// Writes `text` as it is. Throws as `print`.
    package static func write(_ text: String) throws(ImagingError) {
        try DescriptorSink.standardOutput().write(Array(text.utf8))
    }
}

/// Messages for people. Where they cannot be written there is nobody to tell.
package enum StandardError {
    /// Writes `text` and a line feed.
    package static func print(_ text: String) {
        write("\(text)\n")
    }

    /// Writes `text` as it is.
    package static func write(_ text: String) {
        try? DescriptorSink.standardError().write(Array(text.utf8))
    }
}
