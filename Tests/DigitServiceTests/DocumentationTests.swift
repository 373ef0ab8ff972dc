import DigitGen
import DigitImaging
import DigitService
import Foundation
import StrictJSON
import TestSupport
import Testing

@Suite("docs/protocol.md", .enabled(if: !DigitGenerator.shippedModels.isEmpty, "built without models"))
struct DocumentationTests {
    /// An example: lines to a session, and what it answers.
    private struct Example {
        var framing: Framing
        var requests: [String] = []
        var replies: [String] = []
    }

    private let document: String
    private let examples: [Example]

    init() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        document = try String(contentsOfFile: "/\(root)/docs/protocol.md", encoding: .utf8)
        examples = Self.examples(document)
    }

    /// The blocks of text with arrows in them.
    private static func examples(_ document: String) -> [Example] {
        var examples: [Example] = []
        for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                examples.append(Example(framing: line == "```text binary" ? .binary : .json))
            } else if line.hasPrefix("→") {
                examples[examples.count - 1].requests.append(String(line.dropFirst(line == "→" ? 1 : 2)))
            } else if line.hasPrefix("← ") {
                examples[examples.count - 1].replies.append(String(line.dropFirst(2)))
            } else if line.hasPrefix("  "), let count = examples.last?.replies.count, count > 0 {
                // A long reply is wrapped.
                examples[examples.count - 1].replies[count - 1] += line.dropFirst(2)
            }
        }
        return examples.filter { !$0.requests.isEmpty }
    }

    /// The lines of a session's output; images after them are left out.
    private func lines(_ output: [UInt8]) throws -> [String] {
        var lines: [String] = []
        var rest = output[...]
        while let newline = rest.firstIndex(of: 10) {
            lines.append(String(decoding: rest[..<newline], as: UTF8.self))
            rest = rest[(newline + 1)...]
            if let count = try Conversation.object(lines[lines.count - 1]).integer("bytes") {
                rest = rest.dropFirst(count + 1)
            }
        }
        return lines
    }

    /// Whether a value is what the document says; "…" stands for anything.
    private func matches(_ value: JSONValue, _ pattern: JSONValue) -> Bool {
        switch (value, pattern) {
        case (_, .string("…")): true
        case (.array(let values), .array(let patterns)):
            values.count == patterns.count && zip(values, patterns).allSatisfy(matches)
        case (.object(let object), .object(let pattern)):
            object.members.map(\.key) == pattern.members.map(\.key)
                && zip(object.members, pattern.members).allSatisfy { matches($0.value, $1.value) }
        default: value == pattern
        }
    }

    @Test("every example goes as it stands there")
    func run() throws {
        try #require(examples.count >= 7)
        for example in examples {
            let sink = MemorySink()
            var session = try Session(
                from: ScriptedSource(example.requests.joined(separator: "\n") + "\n"), to: sink,
                registry: ModelRegistry(own: .default), framing: example.framing)
            #expect(try session.run() == .endOfInput)
            let replies = try lines(sink.bytes)
            try #require(replies.count == example.replies.count)
            for (reply, expected) in zip(replies, example.replies) {
                let matches = try matches(JSONValue(parsing: reply), JSONValue(parsing: expected))
                #expect(matches, "\(reply.prefix(300)) is not \(expected)")
            }
        }
    }

    @Test("every error code is explained, and every limit is the program's")
    func constants() {
        for code in ErrorCode.allCases {
            #expect(document.contains("| `\(code.rawValue)` |"), "\(code)")
        }
        let limits = [
            ServiceLimits.lineBytes, ServiceLimits.requestDigits, ServiceLimits.requestPixels,
            ServiceLimits.numberDigits, ServiceLimits.nesting, ServiceLimits.firstImages.upperBound,
        ]
        for limit in limits { #expect(document.contains("\(limit)")) }
    }
}
