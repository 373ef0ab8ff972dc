import ArgumentParser

/// Parses numbers on a command line. Errors state the bounds.
package enum Numbers {
    /// A whole number within `bounds`, for an option's `transform`.
    package static func within<Integer: FixedWidthInteger & Sendable>(
        _ bounds: ClosedRange<Integer>
    ) -> @Sendable (String) throws -> Integer {
        { text in
            guard let value = Integer(unadorned: text), bounds.contains(value) else {
                throw ValidationError(
                    "it must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            return value
        }
    }

    /// A number above 0 and at most 1, for an option's `transform`.
    package static func rate(_ text: String) throws -> Float {
        guard let value = Float(unadorned: text), value > 0, value <= 1 else {
            throw ValidationError("it must be a number above 0 and at most 1")
        }
        return value
    }
}

extension LosslessStringConvertible {
    /// Parses text without a plus sign, which the standard initializers accept.
    fileprivate init?(unadorned text: String) {
        guard text.utf8.first != UInt8(ascii: "+") else { return nil }
        self.init(text)
    }
}

/// Checks paths on a command line. An empty one, such as from an unset variable, would become the root folder when a
/// name is appended.
package enum PathNames {
    /// The name of a folder, for an option's `transform`.
    package static func folder(_ text: String) throws -> String { try named(text, "a folder") }

    /// The name of a file, for an option's `transform`.
    package static func file(_ text: String) throws -> String { try named(text, "a file") }

    private static func named(_ text: String, _ kind: String) throws -> String {
        guard !text.isEmpty else { throw ValidationError("it needs the name of \(kind)") }
        return text
    }
}
