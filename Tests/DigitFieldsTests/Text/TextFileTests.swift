import Platform
import TestSupport
import Testing

@testable import DigitFields

@Suite("Files of texts")
struct TextFileTests {
    private let folder = TemporaryFolder()

    private func texts(_ content: String) throws -> [String] {
        folder.write(Array(content.utf8), to: "texts.txt")
        let file = try TextFile(folder.path("texts.txt"))
        var texts: [String] = []
        while let text = try file.next() { texts.append(text.description) }
        return texts
    }

    @Test(
        "each line is a text, with or without carriage returns, a mark at the start and a line feed at the end"
    )
    func lines() throws {
        #expect(try texts("12.50\n1,204.00\n") == ["12.50", "1,204.00"])
        #expect(try texts("\u{FEFF}1\r\n 2 \r\n3") == ["1", "2", "3"])
        #expect(try texts("") == [])
        let many = (0..<20_000).map { "\($0)" }
        #expect(try texts(many.joined(separator: "\n")) == many)
    }

    @Test("a line that is no text is named by its number")
    func errors() throws {
        let path = folder.path("texts.txt")
        #expect(throws: FieldError.inFile(path: path, line: 2, .unsupportedCharacter("x", position: 2))) {
            try texts("1\n2x\n")
        }
        #expect(throws: FieldError.inFile(path: path, line: 2, .emptyText)) { try texts("1\n\n2\n") }
        #expect(throws: FieldError.inFile(path: path, line: 1, .textTooLong(101))) {
            try texts(String(repeating: "1", count: 101))
        }
        #expect(throws: FieldError.self) { try texts("1\n" + String(repeating: "1", count: 1 << 20)) }
        let old = FieldError.inFile(path: path, line: 1, .unsupportedCharacter("\r", position: 3))
        #expect(throws: old) { try texts("12\r34\r") }
        #expect(old.description.contains("carriage return at position 3; lines end with a line feed"))
        #expect(throws: SystemError.self) { try TextFile(folder.path("none.txt")) }
        #expect(FieldError.inFile(path: "a", line: 2, .emptyText).exitStatus == .badData)
    }
}
