import DigitGen
import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Requests for a handwriting")
struct HandwritingRequestTests {
    @Test("a style is the library's, whatever the seed")
    func style() throws {
        let conversation = try Conversation()
        let reply = try conversation.reply(
            #"{"digits":"40","count":2,"style":12,"seed":9,"format":"raw","layout":"each"}"#)
        let images = try conversation.generator.images(of: "40", count: 2, seed: 1, handwriting: .style(12))
        #expect(reply.files == [Array(images[0]), Array(images[1])])
    }

    @Test("varied, it strays towards the seed's own images")
    func vary() throws {
        let conversation = try Conversation()
        let reply = try conversation.reply(
            #"{"digits":"4","count":2,"style":12,"vary":0.25,"seed":9,"format":"raw","layout":"each"}"#)
        let fraction = try #require(Fraction(0.25))
        let images = try conversation.generator.images(
            of: "4", count: 2, seed: 9, handwriting: .style(12), vary: fraction)
        #expect(reply.files == [Array(images[0]), Array(images[1])])
    }

    @Test("a morph of digits goes from style to style")
    func morphStyles() throws {
        let conversation = try Conversation()
        let reply = try conversation.reply(
            #"{"digits":"4","count":5,"morph":[3,8],"format":"raw","layout":"each"}"#)
        let images = try conversation.generator.images(
            of: "4", count: 5, seed: 9, handwriting: .morph(from: 3, to: 8))
        #expect(reply.files == (0..<5).map { Array(images[$0]) })
    }

    @Test("a morph without digits goes from digit to digit, in one hand, and the nearer is the label")
    func morphDigits() throws {
        let conversation = try Conversation()
        let reply = try conversation.reply(
            #"{"count":4,"morph":[3,8],"style":12,"format":"raw","layout":"each"}"#)
        let three = try conversation.generator.images(of: "3", count: 1, seed: 1, handwriting: .style(12))
        let eight = try conversation.generator.images(of: "8", count: 1, seed: 1, handwriting: .style(12))
        #expect(reply.files.first == Array(three[0]) && reply.files.last == Array(eight[0]))
        #expect(reply["labels"]?.array?.compactMap(\.string) == ["3", "3", "8", "8"])
        let seeded = try conversation.reply(
            #"{"count":4,"morph":[3,8],"seed":12,"format":"raw","layout":"each"}"#)
        #expect(seeded.files == reply.files, "the hand is that which has the seed's number")
    }

    @Test("diverse hands draw other digits, in cells and in lines")
    func diverse() throws {
        for content in [#""digits":"4""#, #""text":"4-4""#] {
            func files(_ more: String) throws -> [[UInt8]] {
                try Conversation().reply("{\(content),\"seed\":3,\"model\":\"ink\"\(more)}").files
            }
            let diverse = try files(#","diverse":true"#)
            #expect(try diverse == files(#","diverse":true"#))
            #expect(try diverse != files("") && files("") == files(#","diverse":false"#))
        }
    }

    @Test("a picture says whose hand it is in")
    func provenance() throws {
        let reply = try Conversation().reply(#"{"digits":"4","style":12,"vary":0.5}"#)
        #expect(String(decoding: reply.files.first ?? [], as: UTF8.self).contains("style 12 varied by 0.5"))
    }

    @Test(
        "each kind of mistake has a code of its own",
        arguments: [
            (#"{"digits":"7","style":-1}"#, "invalid_style"),
            (#"{"digits":"7","style":"three"}"#, "invalid_style"),
            (#"{"digits":"7","style":1.5}"#, "invalid_style"),
            (#"{"digits":"7","vary":0.5}"#, "invalid_vary"),
            (#"{"digits":"7","style":1,"vary":1.5}"#, "invalid_vary"),
            (#"{"digits":"7","style":1,"vary":-0.1}"#, "invalid_vary"),
            (#"{"digits":"7","style":1,"vary":null}"#, "invalid_vary"),
            (#"{"digits":"7","diverse":1}"#, "unavailable_style"),
            (#"{"text":"7","diverse":"yes"}"#, "unavailable_style"),
            (#"{"digits":"7","count":2,"morph":3}"#, "invalid_morph"),
            (#"{"digits":"7","count":2,"morph":[3]}"#, "invalid_morph"),
            (#"{"digits":"7","count":2,"morph":[3,"eight"]}"#, "invalid_morph"),
            (#"{"digits":"7","count":2,"morph":[3,8,1]}"#, "invalid_morph"),
            (#"{"count":2,"morph":[3,10]}"#, "invalid_morph"),
            (#"{"digits":"7","count":2,"morph":[3,8],"style":1}"#, "invalid_style"),
            (#"{"count":2,"morph":[3,8],"style":1,"vary":0.5}"#, "invalid_vary"),
            (#"{"digits":"7","morph":[3,8]}"#, "invalid_count"),
            (#"{"digits":"7","count":1,"morph":[3,8]}"#, "invalid_count"),
            (#"{"digits":"7","count":2,"first":1,"morph":[3,8]}"#, "invalid_first"),
        ])
    func mistakes(line: String, code: String) throws {
        let failure = try Conversation().failure(line)
        #expect(failure.code == code, "\(failure.message)")
        #expect(!failure.message.isEmpty)
    }

    @Test("an unconditional model draws in a style, and no morph between digits")
    func unconditional() throws {
        let conversation = try Conversation(isConditional: false)
        #expect(try conversation.reply(#"{"style":3,"count":2}"#)["ok"] == .bool(true))
        #expect(try conversation.failure(#"{"morph":[1,2],"count":2}"#).code == "unconditional_model")
    }
}
