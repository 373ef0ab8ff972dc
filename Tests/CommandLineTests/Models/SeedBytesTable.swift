import Foundation
import TestSupport
import Testing

/// The table `Tests/seed-bytes.txt`: for each bundle commands, and SHA-256 of what they give.
struct SeedBytesTable {
    struct Row: Sendable {
        var kind: SeedBytesKind
        var sha256 = ""
        /// For bash.
        var command: String
    }

    struct Bundle: Sendable, CustomTestStringConvertible {
        /// In the folder `weights`.
        var file: String
        var sha256: String
        var rows: [Row]

        var testDescription: String { file }
    }

    private let path: String
    private let head: String
    var bundles: [Bundle] = []

    /// Reads the table. What is not written as it should be is missing then, which a test notices.
    init(path: String) {
        self.path = path
        let lines = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
            .split(separator: "\n", omittingEmptySubsequences: false)
        head = lines.prefix { $0.hasPrefix("#") }.joined(separator: "\n")
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard words.count == 3 else { continue }
            let last = String(words[2].drop { $0 == " " })
            if words[0] == "bundle" {
                bundles.append(Bundle(file: last, sha256: String(words[1]), rows: []))
            } else if let kind = SeedBytesKind(rawValue: String(words[0])), !bundles.isEmpty {
                bundles[bundles.count - 1].rows.append(
                    Row(kind: kind, sha256: String(words[1]), command: last))
            }
        }
    }

    func write() throws {
        var text = head + "\n"
        for bundle in bundles {
            text += "\nbundle   \(bundle.sha256)  \(bundle.file)\n"
            for row in bundle.rows {
                let kind = row.kind.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
                text += "\(kind) \(row.sha256)  \(row.command)\n"
            }
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// What of a command's output a row of the table is about.
enum SeedBytesKind: String, Sendable {
    /// All of it, as it is.
    case bytes
    /// Of a PNG: size, texts (but for the program's version) and pixels.
    case picture
    /// Of a tar archive: the names of its members and their contents, those of PNGs as `picture`.
    case archive
    /// Of a reply: what a client goes by.
    case reply
    /// All of it, with compressed parts.
    case file

    func content(_ output: [UInt8]) throws -> [UInt8] {
        switch self {
        case .bytes, .file: output
        case .picture: try Self.picture(output)
        case .archive: try Self.archive(output)
        case .reply: try Self.reply(output)
        }
    }
}
