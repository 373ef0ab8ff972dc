import StrictJSON
import Testing

@Suite("Damaged JSON")
struct DamagedJSONTests {
    static let text = Array(
        #"{"id":-1.5e+3,"é\u00e9\ud83d\ude00":[true,false,null,{"x":"\"\\\n"}],"":[[],{}]}"#.utf8)

    @Test("is refused at every length it can be cut to")
    func truncations() throws {
        _ = try JSONValue(parsing: Self.text)
        for length in Self.text.indices {
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Self.text[..<length]) }
            #expect(error.map { !$0.description.isEmpty } ?? false)
        }
    }

    @Test("with any byte of it changed is refused or reads as what it writes", arguments: 0..<4)
    func changes(quarter: Int) throws {
        for index in Self.text.indices {
            for byte in UInt8(64 * quarter)...UInt8(64 * quarter + 63) {
                var text = Self.text
                text[index] = byte
                guard let value = try? JSONValue(parsing: text) else { continue }
                #expect(try JSONValue(parsing: value.serialized) == value, "byte \(index): \(byte)")
            }
        }
    }

    @Test("has errors of one line that say what was expected")
    func descriptions() {
        let errors: [JSONError] = [
            .unexpected(0x41, offset: 3, expected: "a digit"),
            .unexpected(0x0A, offset: 3, expected: "a digit"),
            .unexpected(nil, offset: 3, expected: "a digit"), .trailingContent(offset: 1),
            .tooDeep(limit: 32, offset: 5), .duplicateKey("a\n\u{1B}é", offset: 9), .invalidUTF8(offset: 2),
            .controlCharacter(9, offset: 1), .invalidEscape(offset: 4), .loneSurrogate(offset: 4),
            .notAnInteger("1.5"), .numberOutOfRange(String(repeating: "9", count: 1000), allowed: "0...255"),
        ]
        for error in errors {
            let text = error.description
            #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(text)")
            #expect(text.contains("expected"))
            #expect(text.utf8.count < 160)
        }
        #expect(errors[0].description == "'A' at byte 3, expected a digit")
        #expect(errors[1].description == "byte 0x0A at byte 3, expected a digit")
        #expect(
            errors[5].description == #"duplicate key "a\n\u{1B}\u{00E9}" at byte 9, expected every key once"#)
    }
}
