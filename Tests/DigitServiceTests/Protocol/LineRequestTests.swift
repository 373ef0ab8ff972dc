import DigitFields
import DigitGen
import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Requests for lines")
struct LineRequestTests {
    @Test("a line is the library's, whatever is requested with it")
    func line() throws {
        let conversation = try Conversation.ink()
        let requests = ["90210", "555-1234", "1,204.00"].enumerated().map { index, text in
            #"{"id":\#(index),"text":"\#(text)","layout":"line","height":32,"seed":9,"first":\#(index),"format":"raw"}"#
        }
        let lines = try conversation.lines(requests + [#"{"digits":"7","format":"raw","seed":1}"#])
        let drawer = try LineDrawer(conversation.generator)
        for (index, text) in ["90210", "555-1234", "1,204.00"].enumerated() {
            let reply = try Conversation.object(lines[index])
            let request = LineRequest(
                try FieldText(text), style: try LineStyle(height: 32), seed: 9, index: index)
            let picture = try drawer.draw([request]) { $1 }[0].get()
            #expect(try reply.files == [picture.pixels])
            #expect(reply.integer("width") == picture.width && reply.integer("height") == 32)
            #expect(reply["text"]?.string == text && reply["boxes"]?.array?.count == text.utf8.count)
            #expect(try conversation.lines([requests[index]]) == [lines[index]])
        }
    }

    @Test("a session whose model draws no ink draws lines with the program's")
    func model() throws {
        let reply = try Conversation().reply(#"{"text":"1-2"}"#)
        #expect(reply["model"]?.string == "ink" && reply.integer("height") == 48)
    }

    @Test(
        "style, levels and a comb change the line",
        arguments: [#""style":4"#, #""invert":true"#, #""boxes":true"#, #""ink":90"#, #""spacing":80"#])
    func looks(field: String) throws {
        let conversation = try Conversation.ink()
        let lines = try conversation.lines([
            #"{"text":"123","seed":1,"format":"raw"}"#, #"{"text":"123","seed":1,"format":"raw",\#(field)}"#,
        ])
        #expect(lines[0] != lines[1] && lines[1].contains("\"ok\":true"))
    }

    @Test(
        "each kind of mistake has a code of its own",
        arguments: [
            (#"{"layout":"line"}"#, "missing_text"), (#"{"text":"1x"}"#, "invalid_text"),
            (#"{"text":""}"#, "invalid_text"),
            (#"{"text":null}"#, "invalid_text"), (#"{"text":"1","height":15}"#, "invalid_height"),
            (#"{"text":"1","height":"48"}"#, "invalid_height"),
            (#"{"text":"1","touch":101}"#, "invalid_line"),
            (#"{"text":"1","margin":30}"#, "invalid_line"), (#"{"text":"1","ink":0}"#, "invalid_line"),
            (#"{"text":"1","boxes":1}"#, "invalid_line"),
            (#"{"text":"123456","across":16}"#, "text_too_wide"),
            (#"{"text":"1","across":65536,"height":1024}"#, "text_too_wide"),
            (#"{"text":"1","across":65536,"height":1024,"model":"cdcgan"}"#, "no_ink"),
            (#"{"text":"1","layout":"grid"}"#, "invalid_layout"),
            (#"{"text":"1","count":2}"#, "unknown_field"),
            (#"{"text":"1","digits":"1"}"#, "unknown_field"), (#"{"text":"1","model":"cdcgan"}"#, "no_ink"),
            (#"{"text":"1","model":"picasso"}"#, "unknown_model"),
            (#"{"text":"1","seed":-1}"#, "invalid_seed"),
            (#"{"text":"1","format":"svg"}"#, "invalid_format"),
            (#"{"text":"1","first":-1}"#, "invalid_first"),
        ])
    func errors(request: String, code: String) throws {
        let failure = try Conversation.ink().failure(request)
        #expect(failure.code == code, "\(failure.message)")
    }

    @Test("a picture with too many pixels needs a smaller width, and a line that is too long a greater one")
    func tooLarge() throws {
        let conversation = try Conversation.ink()
        let large = try conversation.failure(#"{"text":"1","across":65536,"height":1024}"#).message
        #expect(large.contains("65536 × 1024 pixels") && large.contains("a smaller across or a lower height"))
        let long = try conversation.failure(#"{"text":"123456","across":16}"#).message
        #expect(long.contains("a greater across"))
        let text = String(repeating: "1", count: 40)
        let free = try conversation.failure(
            #"{"text":"\#(text)","height":1024,"spacing":100,"slope":0,"wander":0,"seed":1}"#)
        #expect(free.code == "text_too_wide" && !free.message.contains("across"), "\(free.message)")
    }
}
