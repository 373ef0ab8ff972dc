import StrictJSON
import Testing

@Suite("The JSON parser")
struct JSONParserTests {
    @Test(
        "reads what RFC 8259 allows",
        arguments: [
            ("null", .null), (" true\n", .bool(true)), ("\t\r\nfalse ", .bool(false)), ("\"\"", .string("")),
            ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{ }", .object([:])),
            ("0", .integer(0)), ("-0", .number(JSONNumber(-0.0)!)),
            ("[1,2]", .array([.integer(1), .integer(2)])),
            ("[ 1 , 2 ]", .array([.integer(1), .integer(2)])),
            (#"{"a":1,"b":[{}]}"#, .object(["a": .integer(1), "b": .array([.object([:])])])),
            (#"{ "" : null }"#, .object(["": .null])),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""\u0041\u00e9\u20AC\ud83d\uDE00""#, .string("Aé€😀")), ("\"é€😀\"", .string("é€😀")),
            (#""\u0000""#, .string("\0")), ("\"\u{7F}\u{2028}\u{FEFF}\"", .string("\u{7F}\u{2028}\u{FEFF}")),
            ("\"\u{10FFFF}\u{FFFF}\"", .string("\u{10FFFF}\u{FFFF}")),
        ] as [(String, JSONValue)])
    func validText(text: String, value: JSONValue) throws {
        let parsed = try JSONValue(parsing: text)
        if case .number(let number) = parsed, text == "-0" {
            #expect(number.text == "-0")
        } else {
            #expect(parsed == value)
        }
    }

    @Test(
        "refuses everything else and names the byte",
        arguments: [
            ("", .unexpected(nil, offset: 0, expected: value)),
            ("  ", .unexpected(nil, offset: 2, expected: value)),
            ("\u{FEFF}1", .unexpected(0xEF, offset: 0, expected: value)),
            ("nul", .unexpected(nil, offset: 3, expected: "null")),
            ("nulL", .unexpected(0x4C, offset: 3, expected: "null")),
            ("True", .unexpected(0x54, offset: 0, expected: value)),
            ("truetrue", .trailingContent(offset: 4)), ("1 2", .trailingContent(offset: 2)),
            ("{}}", .trailingContent(offset: 2)), ("1\0", .trailingContent(offset: 1)),
            ("NaN", .unexpected(0x4E, offset: 0, expected: value)),
            ("Infinity", .unexpected(0x49, offset: 0, expected: value)),
            ("-Infinity", .unexpected(0x49, offset: 1, expected: digit)),
            ("+1", .unexpected(0x2B, offset: 0, expected: value)),
            ("01", .unexpected(0x31, offset: 1, expected: "no digit after a leading zero")),
            ("-01", .unexpected(0x31, offset: 2, expected: "no digit after a leading zero")),
            ("-", .unexpected(nil, offset: 1, expected: digit)),
            ("1.", .unexpected(nil, offset: 2, expected: digit)),
            (".5", .unexpected(0x2E, offset: 0, expected: value)),
            ("1e", .unexpected(nil, offset: 2, expected: digit)),
            ("1e+", .unexpected(nil, offset: 3, expected: digit)),
            ("1e+-1", .unexpected(0x2D, offset: 3, expected: digit)), ("0x1", .trailingContent(offset: 1)),
            ("[", .unexpected(nil, offset: 1, expected: value)),
            ("[1", .unexpected(nil, offset: 2, expected: "',' or ']'")),
            ("[1}", .unexpected(0x7D, offset: 2, expected: "',' or ']'")),
            ("[1,]", .unexpected(0x5D, offset: 3, expected: value)),
            ("[,1]", .unexpected(0x2C, offset: 1, expected: value)),
            ("{", .unexpected(nil, offset: 1, expected: key)),
            ("{a:1}", .unexpected(0x61, offset: 1, expected: key)),
            ("{'a':1}", .unexpected(0x27, offset: 1, expected: key)),
            (#"{"a"}"#, .unexpected(0x7D, offset: 4, expected: "':'")),
            (#"{"a":}"#, .unexpected(0x7D, offset: 5, expected: value)),
            (#"{"a":1,}"#, .unexpected(0x7D, offset: 7, expected: key)),
            (#"{"a":1"#, .unexpected(nil, offset: 6, expected: "',' or '}'")),
            ("[1]//", .trailingContent(offset: 3)),
            (#"{"a":1,"b":2,"a":3}"#, .duplicateKey("a", offset: 13)),
            (#"{"a":1,"\u0061":3}"#, .duplicateKey("a", offset: 7)),
            (#"[{"":1,"":1}]"#, .duplicateKey("", offset: 7)),
            ("\"", .unexpected(nil, offset: 1, expected: quote)),
            ("\"abc", .unexpected(nil, offset: 4, expected: quote)),
            (#""\""#, .unexpected(nil, offset: 3, expected: quote)),
            (#""\"#, .unexpected(nil, offset: 2, expected: "the rest of an escape")),
            ("\"a\nb\"", .controlCharacter(0x0A, offset: 2)), ("\"\0\"", .controlCharacter(0, offset: 1)),
            (#""\x""#, .invalidEscape(offset: 1)), (#""\U0041""#, .invalidEscape(offset: 1)),
            (#""ab\u12""#, .invalidEscape(offset: 3)), (#""\u12G4""#, .invalidEscape(offset: 1)),
            (#""\u+123""#, .invalidEscape(offset: 1)), (#""\ud800""#, .loneSurrogate(offset: 1)),
            (#""\udc00""#, .loneSurrogate(offset: 1)), (#""\ud800\n""#, .loneSurrogate(offset: 1)),
            (#""\ud800\ud800""#, .loneSurrogate(offset: 1)), (#""\ud800\u0041""#, .loneSurrogate(offset: 1)),
            (#""\ud800\u00""#, .invalidEscape(offset: 7)),
        ] as [(String, JSONError)])
    func invalidText(text: String, error: JSONError) {
        #expect(throws: error) { try JSONValue(parsing: text) }
    }

    private static let value = "a JSON value"
    private static let digit = "a digit"
    private static let key = "a key in quotes"
    private static let quote = #"'"' at the end of the string"#

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x82, 0x41],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98],
            [0xFE], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8(sequence: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        for suffix in [[quote], []] {
            #expect(throws: JSONError.invalidUTF8(offset: 2)) {
                try JSONValue(parsing: [quote, 0x61] + sequence + suffix)
            }
        }
    }

    @Test("counts offsets from the start of a slice")
    func slices() throws {
        let bytes = Array("xx[1,2]yy".utf8)
        #expect(try JSONValue(parsing: bytes[2..<7]) == .array([.integer(1), .integer(2)]))
        #expect(throws: JSONError.trailingContent(offset: 5)) { try JSONValue(parsing: bytes[2...]) }
        #expect(throws: JSONError.unexpected(nil, offset: 4, expected: "',' or ']'")) {
            try JSONValue(parsing: bytes[2..<6])
        }
    }

    @Test("stops at the depth it is told, however deep the text is", arguments: ["[", "{\"a\":"])
    func depth(opening: String) throws {
        let deep = Array(String(repeating: opening, count: 200_000).utf8)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(error == .tooDeep(limit: 32, offset: 32 * opening.utf8.count))
        #expect(throws: JSONError.tooDeep(limit: 256, offset: 256 * opening.utf8.count)) {
            try JSONValue(parsing: deep, depthLimit: .max)
        }
        #expect(throws: JSONError.tooDeep(limit: 0, offset: 0)) {
            try JSONValue(parsing: deep, depthLimit: 0)
        }
    }

    @Test("reads as deep as it is told")
    func greatestDepth() throws {
        let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try JSONValue(parsing: text)
        #expect(throws: JSONError.tooDeep(limit: 31, offset: 31)) {
            try JSONValue(parsing: text, depthLimit: 31)
        }
    }

    @Test("finds a duplicate among thousands of keys")
    func manyKeys() throws {
        let members = (0..<5_000).map { "\"key\($0)\":\($0)" }
        let object = try JSONValue(parsing: "{" + members.joined(separator: ",") + "}").object
        #expect(object?.members.count == 5_000)
        let twice = "{" + members.joined(separator: ",") + ",\"key4999\":1}"
        #expect(throws: JSONError.duplicateKey("key4999", offset: twice.utf8.count - 12)) {
            try JSONValue(parsing: twice)
        }
    }

    @Test("takes keys of different bytes for different, also where Unicode calls them equivalent")
    func equivalentKeys() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2,\"K\":3,\"\u{212A}\":4}"
        let object = try #require(try JSONValue(parsing: text).object)
        #expect(object["\u{E9}"] == .integer(1))
        #expect(object["e\u{301}"] == .integer(2))
        #expect(object["K"] == .integer(3))
    }
}
