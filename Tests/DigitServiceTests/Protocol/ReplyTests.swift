import DigitGen
import DigitImaging
import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Replies")
struct ReplyTests {
    private let conversation: Conversation
    private var generator: DigitGenerator { conversation.generator }

    init() throws {
        conversation = try Conversation()
    }

    @Test("a reply has the fields of the protocol in their order")
    func fields() throws {
        let reply = try conversation.reply(#"{"id":"a","digits":"007","count":2,"seed":5}"#)
        #expect(
            reply.members.map(\.key) == [
                "id", "ok", "model", "seed", "labels", "format", "width", "height", "data",
            ])
        #expect(reply["id"] == .string("a") && reply["ok"] == .bool(true))
        #expect(reply["model"] == .string("sample") && reply["seed"] == .integer(5))
        #expect(reply["labels"] == .array([.string("007"), .string("007")]))
        #expect(reply["format"] == .string("png"))
        #expect(reply.integer("width") == 84 && reply.integer("height") == 56)
    }

    @Test("an error has a code and a message")
    func errors() throws {
        let reply = try conversation.reply(#"{"id":[1],"digits":"x"}"#)
        #expect(reply.members.map(\.key) == ["id", "ok", "error"])
        #expect(reply["id"] == .array([.integer(1)]) && reply["ok"] == .bool(false))
        #expect(reply["error"]?.object?.members.map(\.key) == ["code", "message"])
    }

    @Test("the pixels are the library's: images one by one, numbers in one handwriting")
    func pixels() throws {
        let images = try generator.images(of: "407", count: 5, seed: 9)
        let each = try conversation.reply(
            #"{"digits":"407","count":5,"seed":9,"format":"raw","layout":"each"}"#)
        #expect(each.files == (0..<5).map { Array(images[$0]) })
        #expect(each.integer("width") == 84 && each.integer("height") == 28)
        let one = try conversation.reply(#"{"digits":"407","seed":9,"format":"raw"}"#)
        #expect(one.files == [Array(images[0])])
        #expect(one.integer("width") == 84 && one.integer("height") == 28)
    }

    @Test("a grid of raw pixels is the picture that the PNG shows")
    func grid() throws {
        let images = try generator.images(of: "7", count: 7, seed: 3)
        let size = try ImageStack.Size(width: 28, height: 28)
        var canvas = try GridCanvas(GridLayout().grid(count: 7, of: size))
        try canvas.draw(ImageStack(size: size, pixels: images.pixels))
        let reply = try conversation.reply(#"{"digits":7,"count":7,"seed":3,"format":"raw"}"#)
        #expect(reply.files == [canvas.picture.pixels])
        #expect(reply.integer("width") == canvas.picture.width)
        #expect(reply.integer("height") == canvas.picture.height)
    }

    @Test("a morph's grid is a strip, as on the command line")
    func strip() throws {
        let reply = try conversation.reply(#"{"morph":[3,8],"count":5,"seed":9,"format":"raw"}"#)
        #expect(reply.integer("width") == 5 * 28 && reply.integer("height") == 28)
    }

    @Test("single PNGs are those of a data set, and a grid's has the command line's texts")
    func pictures() throws {
        let images = try generator.images(of: "7", count: 3, seed: 3)
        let stack = try ImageStack(size: ImageStack.Size(width: 28, height: 28), pixels: images.pixels)
        var encoder = try PNGEncoder()
        let each = try conversation.reply(#"{"digits":"7","count":3,"seed":3,"layout":"each"}"#)
        #expect(try each.files == (0..<3).map { try encoder.encode(stack, index: $0) })

        let format = PNGFormat()
        let request = DrawRequest(.number(try Digits("7")), count: 3, seed: 3)
        let provenance = Provenance(try ImageSequence(request, by: generator))
        let job = try ImageJob(
            count: 3, size: stack.size, layout: GridLayout(), texts: provenance.texts())
        let sink = MemorySink()
        let file = try format.writer(for: job, to: sink)
        try file.append(stack)
        try file.finish()
        let grid = try conversation.reply(#"{"digits":"7","count":3,"seed":3}"#)
        #expect(grid.files == [sink.bytes])
    }

    @Test("first asks for later images of the same seed, and a picture of them says so")
    func first() throws {
        let images = try generator.images(of: "7", count: 20, seed: 4)
        let reply = try conversation.reply(
            #"{"digits":"7","count":3,"first":16,"seed":4,"format":"raw","layout":"each"}"#)
        #expect(reply.files == (16..<19).map { Array(images[$0]) })
        let far = try conversation.reply(
            #"{"digits":"7","count":3,"first":9007199254740991,"seed":4}"#)
        let png = String(decoding: far.files.joined(), as: UTF8.self)
        #expect(png.contains("First image\09007199254740991"))
    }

    @Test("the seed comes back in the form in which it was asked, and draws the same in both")
    func seedForms() throws {
        let number = try conversation.lines([#"{"digits":"7","seed":18446744073709551615}"#]).joined()
        let string = try conversation.lines([#"{"digits":"7","seed":"18446744073709551615"}"#]).joined()
        #expect(number.contains(#""seed":18446744073709551615,"#))
        #expect(string.contains(#""seed":"18446744073709551615","#))
        #expect(try Conversation.object(number).files == Conversation.object(string).files)
    }

    @Test("without a seed each request gets its own, which makes its images again")
    func freshSeeds() throws {
        let replies = try conversation.lines(["7", "7", "7"]).map { try Conversation.object($0) }
        let seeds = try replies.map { try #require($0["seed"]?.number).integer(as: UInt64.self) }
        #expect(Set(seeds).count == 3 && seeds.allSatisfy { $0 < 1 << 53 })
        let again = try conversation.reply(#"{"digits":"7","seed":\#(seeds[1])}"#)
        #expect(again.files == replies[1].files)
    }

    @Test("an unconditional model is asked without digits, and has no labels")
    func unconditional() throws {
        let conversation = try Conversation(isConditional: false)
        let reply = try conversation.reply(#"{"count":3,"seed":8,"format":"raw","layout":"each"}"#)
        #expect(reply["labels"] == .array([]))
        let images = try conversation.generator.images(count: 3, seed: 8)
        #expect(reply.files == (0..<3).map { Array(images[$0]) })
        #expect(try conversation.failure("7").code == "unconditional_model")
        #expect(try self.conversation.failure("{}").code == "missing_digits")
    }

    @Test(
        "a digit that the model has never seen is refused by name",
        arguments: [
            #"{"digits":"7"}"#, #"{"digits":"3783"}"#, #"{"digits":"7","style":1}"#,
            #"{"count":2,"morph":[3,7]}"#,
            #"{"count":2,"morph":[7,3]}"#, #"{"digits":"7","count":2,"morph":[1,2]}"#,
        ])
    func unknownDigits(line: String) throws {
        let failure = try Conversation(classes: [3, 8]).failure(line)
        #expect(failure.code == "unknown_digit")
        #expect(failure.message.contains("\"sample\" draws only 3 and 8, not 7"), "\(failure.message)")
    }

    @Test(
        "digits that the model knows are drawn",
        arguments: [
            #"{"digits":"8338"}"#, #"{"count":2,"morph":[3,8]}"#, #"{"digits":"3","count":2,"morph":[1,2]}"#,
        ])
    func knownDigits(line: String) throws {
        #expect(try Conversation(classes: [3, 8]).reply(line)["ok"] == .bool(true))
    }

    @Test("models of the program can be named, and others are an error that names those")
    func models() throws {
        let error = try conversation.failure(#"{"digits":"7","model":"none"}"#)
        #expect(error.code == "unknown_model" && error.message.contains("sample"), "\(error)")
        for name in DigitGenerator.shippedModels {
            let generator = try DigitGenerator(shipped: name)
            let digits = generator.isConditional ? #""digits":"7","# : ""
            let reply = try conversation.reply(#"{\#(digits)"model":"\#(name)","seed":2,"format":"raw"}"#)
            let expected =
                generator.isConditional
                ? try generator.images(of: "7", count: 1, seed: 2) : try generator.images(count: 1, seed: 2)
            #expect(reply["model"] == .string(name) && reply.files == [expected.pixels])
        }
    }

    @Test("requests of different models are answered in one batch")
    func mixedModels() throws {
        let names = ["sample"] + DigitGenerator.conditionalModels
        let requests = (0..<40).map { index in
            #"{"digits":"\#(index % 10)","model":"\#(names[index % names.count])","seed":\#(index)}"#
        }
        let together = try conversation.lines(requests)
        #expect(try together == requests.map { try conversation.lines([$0]).joined() })
    }

    @Test("hello tells the protocol, the program, the models and the limits")
    func hello() throws {
        let reply = try conversation.reply(#"{"op":"hello","id":1}"#)
        #expect(
            reply.members.map(\.key) == [
                "id", "ok", "op", "protocol", "version", "framing", "models", "limits",
            ])
        #expect(reply.integer("protocol") == 1 && reply["version"] == .string(ProgramVersion.text))
        let models = try #require(reply["models"]?.array).compactMap(\.object)
        let sha256 = conversation.generator.sha256
        let own = try Conversation.object(
            #"{"name":"sample","default":true,"conditional":true,"ink":false,"lines":false,"sha256":"\#(sha256)"}"#
        )
        #expect(models.first == own)
        for model in models.dropFirst() {
            let name = try #require(model["name"]?.string)
            #expect(try model["sha256"]?.string == DigitGenerator(shipped: name).sha256)
        }
        #expect(models.compactMap { $0["name"]?.string } == ["sample"] + DigitGenerator.shippedModels)
        let limits = try #require(reply["limits"]?.object)
        #expect(limits.integer("line_bytes") == 65_536 && limits.integer("request_digits") == 10_000)
        #expect(limits.integer("number_digits") == 64 && limits.integer("nesting") == 32)
        #expect(limits.integer("first") == 9_007_199_254_740_991 && limits.integer("text_characters") == 100)
        #expect(models.contains { $0["name"]?.string == "ink" && $0["lines"] == .bool(true) })
    }

    @Test("the greatest request is answered")
    func greatest() throws {
        let digits = String(repeating: "0123456789", count: 5)
        let reply = try conversation.reply(
            #"{"digits":"\#(digits)","count":200,"seed":1,"format":"raw","layout":"each"}"#)
        let lengths = reply["data"]?.array?.map { $0.string?.utf8.count }
        #expect(lengths == Array(repeating: Base64.length(28 * 28 * 50), count: 200))
    }

    @Test("a message shows what a request brought as escapes where a terminal would take it for an order")
    func printableMessages() throws {
        for text in ["\u{9B}31m", "\u{7F}", "\u{202E}", "\u{10FFE9}"] {
            for line in [
                "{\"\(text)\":1}", "{\"digits\":\"\(text)\"}", "{\"model\":\"\(text)\",\"digits\":\"7\"}",
            ] {
                let message = try Conversation().failure(line).message
                #expect(!message.contains(text) && message.contains("\\"), "\(message.debugDescription)")
            }
        }
        #expect(try Conversation().failure(#"{"\u001b[31m":1}"#).message.contains(#""\u001b[31m""#))
    }
}
