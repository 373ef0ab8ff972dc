import ArgumentParser

/// Reads the numbers of a command line; what is wrong with one is said with the bounds it must keep.
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
    /// Without a plus sign, which the initializers would take and nothing here writes.
    fileprivate init?(unadorned text: String) {
        guard text.utf8.first != UInt8(ascii: "+") else { return nil }
        self.init(text)
    }
}

/// Reads the paths of a command line. An empty one, as of a variable that is not set, would be the root folder as soon
/// as a name is put behind it.
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
