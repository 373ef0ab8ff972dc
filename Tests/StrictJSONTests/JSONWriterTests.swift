import StrictJSON
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    @Test("writes commas where they belong and no white space")
    func nesting() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.integer(7)
        writer.key("empty")
        writer.beginArray()
        writer.endArray()
        writer.key("list")
        writer.beginArray()
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.double(0.5)
        writer.string("x")
        writer.endArray()
        writer.key("data")
        writer.unescapedString { $0.append(contentsOf: "QUJD".utf8) }
        writer.endObject()
        writer.newline()
        writer.integer(UInt64.max)
        let line = #"{"id":7,"empty":[],"list":[true,null,{},0.5,"x"],"data":"QUJD"}"#
        #expect(writer.text == line + "\n18446744073709551615")
    }

    @Test("escapes quotation marks, backslashes and control characters, and nothing else")
    func escapes() {
        var writer = JSONWriter()
        writer.string("\"\\/\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}é😀\u{2028}")
        let text = #""\"\\/\u0000\u0001\b\t\n\u000b\f\r\u001f"# + "\u{7F}é😀\u{2028}\""
        #expect(writer.text == text)
    }

    @Test("appends a string that needs no escape straight from its maker")
    func appending() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.unescapedString { $0.append(contentsOf: "abc".utf8) }
        writer.unescapedString { _ in }
        writer.endArray()
        #expect(writer.text == #"["abc",""]"#)
    }

    @Test("begins anew after its text was removed")
    func reuse() {
        var writer = JSONWriter()
        writer.integer(1)
        writer.removeAll()
        writer.integer(2)
        #expect(writer.text == "2")
    }

    @Test("writes null for doubles that JSON cannot say")
    func infinite() {
        var writer = JSONWriter()
        writer.beginArray()
        for value in [Double.nan, .infinity, 1] { writer.double(value) }
        writer.endArray()
        #expect(writer.text == "[null,null,1.0]")
    }

    @Test("writes values that read as the same values", arguments: 0..<40 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 6)
        let bytes = value.serialized
        #expect(try JSONValue(parsing: bytes) == value, "seed \(seed)")
        #expect(!bytes.contains(UInt8(ascii: "\n")))
    }
}
