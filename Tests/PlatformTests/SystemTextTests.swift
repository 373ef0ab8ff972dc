import Platform
import Testing

@Suite("Text of the system")
struct SystemTextTests {
    @Test(
        "bytes come back as they were, whatever they are",
        arguments: [
            [], Array("a/b.png".utf8), Array("größe 7 日本 👩‍👩‍👧".utf8), [0x61, 0xE9, 0x2E], [0xE9, 0xA9],
            [0xF4, 0x8F, 0xBF, 0xA9], [0xF4, 0x8F, 0xBC, 0x80, 0xF4, 0x8F, 0xBB, 0xBF], [0xC0, 0x80],
            [0xED, 0xB3, 0xA9], [0xE2, 0x82], [0x0A, 0x1B, 0x7F], [0xC2, 0x9B], [0x65, 0xCC, 0x81],
            [0xC3, 0xA9],
            Array(0...255),
        ])
    func roundTrip(bytes: [UInt8]) {
        #expect(String(systemBytes: bytes).systemBytes == bytes)
        #expect(String(systemBytes: bytes).cPath == bytes.map(CChar.init(bitPattern:)) + [0])
    }

    @Test("random bytes come back, and different ones are different texts")
    func random() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let pieces: [[UInt8]] = [[0xF4, 0x8F, 0xBC], [0xE9], [0x41], [0xC3, 0xA9], [0x80], [0x0A]]
            let bytes = (0..<6).flatMap { _ in pieces.randomElement(using: &generator) ?? [] }
            #expect(String(systemBytes: bytes).systemBytes == bytes, "\(bytes)")
        }
        let texts = (UInt8(0)...255).map { String(systemBytes: [0x61, $0]) }
        #expect(Set(texts).count == 256)
    }

    @Test("a text in UTF-8 is itself", arguments: ["", "digits.png", "größe", "日本/7", "e\u{301}", "👩‍👩‍👧"])
    func plain(text: String) {
        #expect(Array(String(systemBytes: text.utf8).utf8) == Array(text.utf8))
        #expect(text.withCString { String(systemText: $0) } == text)
    }

    @Test("messages show bytes that are no text, and controls, as escapes")
    func printable() {
        #expect(String(systemBytes: [0x61, 0xE9] + Array(".png".utf8)).printable == #"a\xe9.png"#)
        #expect(String(systemBytes: "a\n\r\t\u{1B}[31m\u{7F}".utf8).printable == #"a\n\r\t\x1b[31m\x7f"#)
        #expect("a\nb\u{1B}\u{0}".printable == #"a\nb\x1b\x00"#)
        #expect(
            "\u{9B}31m\u{85}\u{2028}\u{202E}x\u{2066}\u{FEFF}".printable
                == #"\u009b31m\u0085\u2028\u202ex\u2066\ufeff"#)
        #expect("größe 日本 7 \\ '".printable == "größe 日本 7 \\ '")
        #expect(String(systemBytes: [0xF4, 0x8F, 0xBC, 0x87]).printable == #"\xf4\x8f\xbc\x87"#)
    }

    @Test(
        "a word of a shell command is what the shell reads back",
        arguments: [
            (Array("a-b/c.d:_9".utf8), "a-b/c.d:_9"), (Array("it's mine".utf8), #"'it'\''s mine'"#),
            ([0x77, 0xE9] + Array(".zst".utf8), #"$'w\xe9.zst'"#), (Array("a'\\\n".utf8), #"$'a\'\\\n'"#),
            (Array("größe".utf8), "'größe'"), ([], ""),
        ])
    func shellWord(bytes: [UInt8], word: String) {
        #expect(String(systemBytes: bytes).shellWord == word)
    }
}
