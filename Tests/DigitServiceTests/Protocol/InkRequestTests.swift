import DigitGen
import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Requests for ink")
struct InkRequestTests {
    @Test("size and finish draw the library's ink, beside requests of other sizes")
    func sizes() throws {
        let conversation = try Conversation.ink()
        let lines = try conversation.lines(
            [40, 28, 57].map { #"{"digits":"70","size":\#($0),"finish":"ink","seed":9,"format":"raw"}"# }
                + [#"{"digits":"70","seed":9,"format":"raw"}"#])
        for (line, finish) in zip(lines, [Finish.ink(size: 40), .ink(size: 28), .ink(size: 57), .mnist]) {
            let reply = try Conversation.object(line)
            let request = DrawRequest(.number(try Digits("70")), seed: 9, finish: finish)
            #expect(try reply.files == [conversation.generator.images(request).pixels])
            #expect(reply.integer("width") == 2 * finish.size && reply.integer("height") == finish.size)
        }
    }

    @Test("hello tells which models draw ink")
    func hello() throws {
        func first(_ conversation: Conversation) throws -> JSONObject? {
            try conversation.reply(#"{"op":"hello"}"#)["models"]?.array?.first?.object
        }
        #expect(try first(.ink())?["ink"] == .bool(true))
        #expect(try first(Conversation())?["ink"] == .bool(false))
    }

    @Test("a grid has the images at their size")
    func grid() throws {
        let reply = try Conversation.ink().reply(#"{"digits":"7","count":4,"size":50}"#)
        #expect(reply.integer("width") == 100 && reply.integer("height") == 100)
        #expect(String(decoding: reply.files.first ?? [], as: UTF8.self).contains("ink, 50 pixels"))
    }

    @Test(
        "each kind of mistake has a code of its own",
        arguments: [
            (#""size":7"#, "invalid_size"), (#""size":2049"#, "invalid_size"),
            (#""size":40.5"#, "invalid_size"),
            (#""size":"40""#, "invalid_size"), (#""size":null"#, "invalid_size"),
            (#""size":56,"finish":"mnist""#, "invalid_size"), (#""finish":"pencil""#, "invalid_finish"),
            (#""finish":null"#, "invalid_finish"), (#""size":2048,"count":5"#, "too_many_pixels"),
            (#""size":2048,"count":10001"#, "too_many_digits"),
        ])
    func mistakes(fields: String, code: String) throws {
        #expect(try Conversation.ink().failure(#"{"digits":"7",\#(fields)}"#).code == code)
    }

    @Test("a model without ink refuses", arguments: [#""size":40"#, #""finish":"ink""#])
    func noInk(field: String) throws {
        let failure = try Conversation().failure(#"{"digits":"7",\#(field)}"#)
        #expect(failure.code == "no_ink" && failure.message.contains("draws no ink"))
        #expect(try Conversation().reply(#"{"digits":"7","size":28,"finish":"mnist"}"#)["ok"] == .bool(true))
    }
}
