import Testing

@testable import DigitFields

@Suite("Texts of fields")
struct FieldTextTests {
    @Test("a text has digits and the characters of numbers, and no spaces at its ends")
    func allowed() throws {
        #expect(try FieldText("+1 (555) 234-5678").description == "+1 (555) 234-5678")
        #expect(try FieldText("  12:30, 3/4.5 ").description == "12:30, 3/4.5")
        #expect(try FieldText("007").characters == Array("007".utf8))
    }

    @Test(
        "a character that cannot be drawn is named with its position",
        arguments: [
            ("12a", "a", 3), ("€5", "€", 1), ("1\t2", "\t", 2), ("٣", "٣", 1), ("1_2", "_", 2),
            ("7\0", "\0", 2),
        ])
    func unsupported(_ text: String, _ character: Character, _ position: Int) {
        #expect(throws: FieldError.unsupportedCharacter(character, position: position)) {
            try FieldText(text)
        }
    }

    @Test("a text has 1 to 100 characters", arguments: ["", " ", "   "])
    func lengths(_ empty: String) throws {
        #expect(throws: FieldError.emptyText) { try FieldText(empty) }
        #expect(try FieldText(String(repeating: "7", count: 100)).characters.count == 100)
        #expect(throws: FieldError.textTooLong(101)) { try FieldText(String(repeating: "7", count: 101)) }
    }
}
