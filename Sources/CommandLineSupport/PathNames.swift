import ArgumentParser

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
