import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Binary framing")
struct BinaryFramingTests {
    /// Replies with what follows them, read as a client reads them.
    private func replies(_ output: [UInt8]) throws -> [(line: JSONObject, payload: [UInt8]?)] {
        var replies: [(JSONObject, [UInt8]?)] = []
        var rest = output[...]
        while let newline = rest.firstIndex(of: 10) {
            let line = try Conversation.object(String(decoding: rest[..<newline], as: UTF8.self))
            rest = rest[(newline + 1)...]
            guard let count = line.integer("bytes") else {
                replies.append((line, nil))
                continue
            }
            replies.append((line, Array(rest.prefix(count))))
            rest = rest.dropFirst(count)
            try #require(rest.popFirst() == 10, "a newline ends the bytes")
        }
        #expect(rest.isEmpty)
        return replies
    }

    @Test("the bytes after each line are those that the other framing has in base64")
    func sameBytes() throws {
        let conversation = try Conversation()
        let requests = [
            #"{"id":0,"digits":"7","seed":1}"#, #"{"id":1,"digits":"12","count":3,"seed":2,"layout":"each"}"#,
            #"{"id":2,"digits":"12","count":3,"seed":2,"layout":"each","format":"raw"}"#,
            #"{"id":3,"digits":"3","count":10,"seed":3,"format":"raw"}"#, #"{"id":4,"digits":"x"}"#,
            #"{"id":5,"op":"ping"}"#, #"{"id":6,"digits":"7","count":1,"seed":4,"layout":"each"}"#,
        ]
        let text = requests.joined(separator: "\n")
        let binary = try replies(conversation.output(to: ScriptedSource(text), framing: .binary).bytes)
        let json = try conversation.lines(requests).map { try Conversation.object($0) }
        try #require(binary.count == requests.count)
        for (reply, expected) in zip(binary, json) {
            #expect(reply.payload == (expected["data"] == nil ? nil : expected.files.flatMap { $0 }))
            let sizes = try reply.line["sizes"]?.array?.map { try #require($0.number).integer(as: Int.self) }
            #expect(sizes == (expected["data"]?.array == nil ? nil : expected.files.map(\.count)))
            for key in ["id", "ok", "model", "seed", "labels", "format", "width", "height", "error", "op"] {
                #expect(reply.line[key] == expected[key], "\(key)")
            }
            #expect(reply.line["data"] == nil)
        }
    }

    @Test("hello tells the framing")
    func hello() throws {
        let conversation = try Conversation()
        let output = try conversation.output(to: ScriptedSource(#"{"op":"hello"}"#), framing: .binary)
        #expect(try replies(output.bytes).map { $0.line["framing"] } == [.string("binary")])
    }
}
