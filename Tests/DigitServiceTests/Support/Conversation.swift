import DigitGen
import DigitImaging
import DigitService
import StrictJSON
import TestSupport

/// Sessions with small generators, in memory.
struct Conversation {
    /// Named "sample".
    let generator: DigitGenerator

    init(classes: [UInt8]) throws {
        generator = try DigitGenerator(bytes: SampleBundle.encoded(classes: classes))
    }

    /// With a generator of ink.
    static func ink() throws -> Conversation {
        Conversation(generator: try DigitGenerator(bytes: SampleBundle.encodedInk()))
    }

    private init(generator: DigitGenerator) { self.generator = generator }

    init(isConditional: Bool = true) throws {
        generator = try DigitGenerator(bytes: SampleBundle.encoded(isConditional: isConditional))
    }

    /// Everything that is answered to `source`.
    func output(
        to source: any ByteSource, framing: Framing = .json, threads: Int = 1
    ) throws -> (bytes: [UInt8], end: Session.End) {
        let sink = MemorySink()
        var session = try Session(
            from: source, to: sink, registry: ModelRegistry(own: generator), framing: framing,
            threads: threads)
        let end = try session.run()
        return (sink.bytes, end)
    }

    /// The replies to lines that arrive together, without their newlines.
    func lines(_ requests: [String]) throws -> [String] {
        try lines(requests.map { Array($0.utf8) })
    }

    /// The same for lines that need not be text.
    func lines(_ requests: [[UInt8]], threads: Int = 1) throws -> [String] {
        let source = ScriptedSource([.bytes(Array(requests.joined(separator: [10])) + [10])])
        let output = try output(to: source, threads: threads).bytes
        return output.split(separator: 10, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The reply to one line.
    func reply(_ request: String) throws -> JSONObject {
        try Self.object(lines([request]).joined())
    }

    /// The code of the error reply to one line, and its message.
    func failure(_ request: String) throws -> (code: String?, message: String) {
        let reply = try reply(request)
        let error = reply["error"]?.object
        return (error?["code"]?.string, error?["message"]?.string ?? "")
    }

    static func object(_ line: String) throws -> JSONObject {
        guard let object = try JSONValue(parsing: line).object else { throw NoObject(line: line) }
        return object
    }

    struct NoObject: Error {
        let line: String
    }
}

extension JSONObject {
    /// The bytes of `data`: one file or several.
    var files: [[UInt8]] {
        switch self["data"] {
        case .string(let text): [decode(text)]
        case .array(let texts): texts.map { decode($0.string ?? "") }
        default: []
        }
    }

    func integer(_ key: String) -> Int? { try? self[key]?.number?.integer() }

    /// Base64 read character by character, as RFC 4648 describes it.
    private func decode(_ text: String) -> [UInt8] {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        let values = Dictionary(uniqueKeysWithValues: zip(alphabet, 0 as UInt32..<64))
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for character in text.utf8 {
            guard let value = values[character] else { break }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 1 << count - 1
            }
        }
        return bytes
    }
}
