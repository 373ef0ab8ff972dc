import ArgumentParser

/// Reads the whole numbers of the command line; what is wrong with one is said with the bounds it must keep.
enum Numbers {
    /// A number within `bounds`, for an option's `transform`.
    static func within<Integer: FixedWidthInteger & Sendable>(
        _ bounds: ClosedRange<Integer>
    ) -> @Sendable (String) throws -> Integer {
        { text in
            // `Integer.init` would take "+5", too, which nothing here writes.
            guard text.utf8.first != UInt8(ascii: "+"), let value = Integer(text), bounds.contains(value)
            else {
                throw ValidationError(
                    "it must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            return value
        }
    }
}
