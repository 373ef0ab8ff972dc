import DigitGen
import DigitService
import StrictJSON
import Testing

@Suite("Requests")
struct RequestLineTests {
    private func read(_ line: String) -> RequestLine { RequestLine(Array(line.utf8)[...]) }

    private func draw(_ line: String) throws -> DrawOperation {
        guard case .draw(let operation) = try read(line).request.get() else { throw NoDrawing() }
        return operation
    }

    private struct NoDrawing: Error {}

    private func failure(_ line: String) -> RequestError? {
        if case .failure(let error) = read(line).request { error } else { nil }
    }

    @Test("all fields are read")
    func fields() throws {
        let operation = try draw(
            #"{"id":1,"digits":"0072","count":16,"first":5,"seed":18446744073709551615,"model":"x","#
                + #""format":"raw","layout":"each"}"#)
        let request = DrawRequest(
            .number(try Digits("0072")), count: 16, first: 5, seed: .max, model: .named("x"))
        var expected = DrawOperation(request)
        expected.seedForm = .integer(UInt64.max)
        expected.format = .raw
        expected.layout = .each
        #expect(operation == expected)
    }

    @Test(
        "a seed, a style and a morph may be strings of the same digits",
        arguments: ["0", "1", "9007199254740993", "18446744073709551615"])
    func wideNumbers(text: String) throws {
        let value = try #require(UInt64(text))
        let operation = try draw(
            #"{"digits":"7","count":2,"seed":"\#(text)","style":"\#(text)"}"#)
        #expect(operation.request.seed == value && operation.request.handwriting == .style(value))
        #expect(operation.seedForm == .string(text))
        let morph = try draw(#"{"digits":"7","count":2,"morph":["\#(text)",\#(text)]}"#).request
        #expect(morph.handwriting == .morph(from: value, to: value))
    }

    @Test(
        "a string that is not written as a whole number of 64 bits is no seed, no style and no end of a morph",
        arguments: [
            "", " 1", "1 ", "+1", "-1", "01", "1.0", "1e3", "0x10", "٣", "18446744073709551616", "seven",
        ])
    func malformedWideNumbers(text: String) {
        #expect(failure(#"{"digits":"7","seed":"\#(text)"}"#)?.code == .invalidSeed)
        #expect(failure(#"{"digits":"7","style":"\#(text)"}"#)?.code == .invalidStyle)
        #expect(failure(#"{"digits":"7","count":2,"morph":["\#(text)",1]}"#)?.code == .invalidMorph)
        let message = failure(#"{"digits":"7","seed":"\#(text)"}"#)?.description ?? ""
        #expect(message.contains("from 0 to 18446744073709551615, as a number or in a string"), "\(message)")
    }

    @Test("omitted fields have their defaults")
    func defaults() throws {
        let operation = try draw(#"{"digits":"7"}"#)
        #expect(operation == DrawOperation(DrawRequest(.number(try Digits("7")))))
        #expect(operation.format == .png && operation.layout == .grid && operation.seedForm == nil)
        #expect(operation.request.count == 1 && operation.request.first == 0)
        #expect(operation.request.seed == nil && operation.request.model == .default)
        #expect(try draw("{}").request.content == .any)
    }

    @Test(
        "a number or a string alone stands for an object with these digits",
        arguments: [
            ("7", "7"), ("\"90210\"", "90210"), ("\"007\"", "007"), (" 90210 \r", "90210"), ("0", "0"),
            (#"{"digits":90210}"#, "90210"), (#""\u0037""#, "7"),
        ])
    func shorthand(line: String, digits: String) throws {
        #expect(try draw(line).request.content == .number(Digits(digits)))
        #expect(read(line).id == .null)
    }

    @Test(
        "the id is kept as it was written, whatever it is",
        arguments: [
            "null", "true", "1", "-0.10e+05", "123456789012345678901234567890", #""é\n\"""#, "[1,[],{}]",
            #"{"b":1,"a":{"c":[null]}}"#,
        ])
    func ids(id: String) {
        let line = read(#"{"count":0,"id":\#(id)}"#)
        #expect(line.id.text == id)
        #expect(failure(#"{"count":0,"id":\#(id)}"#)?.code == .invalidCount)
    }

    @Test("operations are read, and take an id alone")
    func operations() throws {
        #expect(try read(#"{"op":"hello","id":3}"#).request.get() == .hello)
        #expect(try read(#"{"op":"ping"}"#).request.get() == .ping)
        #expect(failure(#"{"op":"ping","digits":"7"}"#)?.code == .unknownField)
        #expect(failure(#"{"op":"pong"}"#)?.code == .unknownOperation)
        #expect(failure(#"{"op":1}"#)?.code == .unknownOperation)
    }

    @Test(
        "invalid JSON is an error that names the byte",
        arguments: [
            "{", "7 7", "{\"digits\":\"7\"}}", "07", "nul", "\"7", "{\"a\":1,\"a\":2}", "'7'", "\u{FEFF}7",
        ])
    func malformed(line: String) throws {
        let error = try #require(failure(line))
        #expect(error.code == .invalidJSON && error.description.contains("at byte"), "\(error)")
    }

    @Test("invalid UTF-8 is invalid JSON")
    func invalidUTF8() {
        let line = RequestLine([0x22, 0x37, 0xFF, 0x22])
        guard case .failure(.invalidJSON(.invalidUTF8(offset: 2))) = line.request else {
            Issue.record("\(line)")
            return
        }
    }

    @Test(
        "UTF-16 with its byte order mark is named",
        arguments: [[0xFF, 0xFE, 0x37, 0], [0xFE, 0xFF, 0, 0x37]])
    func utf16(line: [UInt8]) {
        guard case .failure(.utf16) = RequestLine(line[...]).request else {
            Issue.record("\(line)")
            return
        }
        #expect(RequestError.utf16.code == .invalidJSON)
        #expect(RequestError.utf16.description.contains("UTF-8"))
    }

    @Test("an empty line has an error of its own", arguments: ["", " ", "\t \r"])
    func empty(line: String) {
        #expect(failure(line) == .emptyLine)
        #expect(RequestError.emptyLine.code == .invalidJSON)
    }

    @Test("other JSON values are not requests", arguments: ["[]", "true", "null", "[\"7\"]"])
    func kinds(line: String) {
        #expect(failure(line)?.code == .invalidRequest)
    }

    @Test("an id is nested as deep as the limit allows, and no deeper")
    func nesting() {
        func line(_ depth: Int) -> String {
            #"{"op":"ping","id":"# + String(repeating: "[", count: depth)
                + String(repeating: "]", count: depth) + "}"
        }
        #expect(failure(line(ServiceLimits.nesting - 1)) == nil)
        #expect(failure(line(ServiceLimits.nesting))?.code == .invalidJSON)
    }

    @Test(
        "an invalid value has its field's code, and the error says what was expected",
        arguments: [
            (#"{"digits":""}"#, ErrorCode.invalidDigits), (#"{"digits":"7a"}"#, .invalidDigits),
            (#"{"digits":"-7"}"#, .invalidDigits), (#"{"digits":"٧"}"#, .invalidDigits),
            (#"{"digits":-7}"#, .invalidDigits), (#"{"digits":7.0}"#, .invalidDigits),
            (#"{"digits":1e3}"#, .invalidDigits), (#"{"digits":null}"#, .invalidDigits),
            (#"{"digits":["7"]}"#, .invalidDigits), ("-7", .invalidDigits), (#""""#, .invalidDigits),
            (#"{"count":0}"#, .invalidCount), (#"{"count":-1}"#, .invalidCount),
            (#"{"count":1.0}"#, .invalidCount), (#"{"count":"1"}"#, .invalidCount),
            (#"{"count":null}"#, .invalidCount), (#"{"count":-0}"#, .invalidCount),
            (#"{"first":-1}"#, .invalidFirst), (#"{"first":9007199254740992}"#, .invalidFirst),
            (#"{"first":1e3}"#, .invalidFirst), (#"{"first":"1"}"#, .invalidFirst),
            (#"{"seed":-1}"#, .invalidSeed), (#"{"seed":18446744073709551616}"#, .invalidSeed),
            (#"{"seed":0.5}"#, .invalidSeed), (#"{"seed":["1"]}"#, .invalidSeed),
            (#"{"model":7}"#, .unknownModel), (#"{"format":"jpg"}"#, .invalidFormat),
            (#"{"format":"PNG"}"#, .invalidFormat), (#"{"format":1}"#, .invalidFormat),
            (#"{"layout":"row"}"#, .invalidLayout), (#"{"layout":null}"#, .invalidLayout),
        ])
    func values(line: String, code: ErrorCode) throws {
        let error = try #require(failure(line))
        #expect(error.code == code)
        #expect(error.description.contains(" must be "), "\(error)")
    }

    @Test("an unknown field is an error that lists the known ones")
    func unknownFields() throws {
        let error = try #require(failure(#"{"digits":"7","cuont":16}"#))
        #expect(error.code == .unknownField)
        #expect(error.description.contains("\"cuont\"") && error.description.contains("count"))
    }

    @Test("a number has up to 64 digits, and a request up to 10000 in all")
    func limits() throws {
        let longest = String(repeating: "9", count: 64)
        #expect(try draw("\"\(longest)\"").request.digitsPerImage == 64)
        #expect(failure("\"\(longest)9\"") == .draw(.tooManyDigits(65, limit: 64)))
        #expect(failure("\(longest)9")?.code == .invalidDigits)
        #expect(try draw(#"{"digits":"7","count":10000}"#).request.count == 10_000)
        #expect(failure(#"{"digits":"7","count":10001}"#)?.code == .tooManyDigits)
        #expect(failure(#"{"count":99999999999999999999999,"digits":"7"}"#)?.code == .tooManyDigits)
        #expect(try draw(#"{"count":156,"digits":"\#(longest)"}"#).request.count == 156)
        let error = try #require(failure(#"{"count":157,"digits":"\#(longest)"}"#))
        #expect(error.code == .tooManyDigits && error.description.contains("156"), "\(error)")
        #expect(try draw(#"{"first":9007199254740991}"#).request.first == 1 << 53 - 1)
    }

    @Test("messages stay short whatever the request")
    func longValues() throws {
        let long = String(repeating: "é", count: 2000)
        let nine = String(repeating: "9", count: 6000)
        let lines = [
            #"{"digits":"\#(long)"}"#, #"{"\#(long)":1}"#, #"{"model":["\#(long)"]}"#, #"{"op":"\#(long)"}"#,
            #"{"count":\#(nine)}"#, #"{"seed":\#(nine)}"#, #"{"digits":"7","format":"\#(long)"}"#,
            #"{"first":-\#(nine)}"#, #"{"a":{"\#(long)":1,"\#(long)":2}}"#,
        ]
        for line in lines {
            let error = try #require(failure(line))
            #expect(error.description.utf8.count < 600, "\(error.code)")
        }
    }
}
