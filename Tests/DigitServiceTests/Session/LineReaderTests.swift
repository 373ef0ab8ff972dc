import DigitService
import TestSupport
import Testing

@Suite("Lines")
struct LineReaderTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// All lines of `pieces`, which arrive one after the other.
    private func lines(_ pieces: [[UInt8]], limit: Int) -> [LineReader.Line] {
        var reader = LineReader(limit: limit)
        var lines: [LineReader.Line] = []
        for piece in pieces {
            reader.append(piece)
            while let line = reader.next() { lines.append(line) }
        }
        reader.finish()
        while let line = reader.next() { lines.append(line) }
        return lines
    }

    private func expected(_ texts: String?...) -> [LineReader.Line] {
        texts.map { $0.map { .bytes(Array($0.utf8)[...]) } ?? .tooLong }
    }

    @Test("newlines end lines, empty ones too; the end of the input ends the last")
    func newlines() {
        #expect(lines([bytes("a\nbc\n\nd")], limit: 8) == expected("a", "bc", "", "d"))
        #expect(lines([bytes("a\n")], limit: 8) == expected("a"))
        #expect(lines([], limit: 8) == [])
        #expect(lines([bytes("\n")], limit: 8) == expected(""))
    }

    @Test("a line of the limit is a line; one byte more is too long, and the next line is read")
    func limit() {
        #expect(lines([bytes("12345678\n123456789\nok\n")], limit: 8) == expected("12345678", nil, "ok"))
        #expect(lines([bytes("12345678")], limit: 8) == expected("12345678"))
        #expect(lines([bytes("123456789")], limit: 8) == expected(nil))
    }

    @Test("a line that is too long is told once, at once, and skipped without being kept")
    func skipping() {
        var reader = LineReader(limit: 8)
        reader.append(bytes("123456789"))
        #expect(reader.next() == .tooLong)
        for _ in 0..<1000 {
            reader.append(bytes("abcdefgh"))
            #expect(reader.next() == nil)
            #expect(!reader.hasBytes)
        }
        reader.append(bytes("end\n7\n8"))
        #expect(reader.next() == .bytes(bytes("7")[...]))
        #expect(reader.next() == nil && reader.hasBytes)
        reader.finish()
        #expect(reader.next() == .bytes(bytes("8")[...]))
        #expect(reader.next() == nil && !reader.hasBytes)
    }

    @Test("a UTF-8 byte order mark before the first line is skipped, however it arrives, and nowhere else")
    func byteOrderMark() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(lines([mark + bytes("12345678\n2\n")], limit: 8) == expected("12345678", "2"))
        #expect(
            lines([[0xEF], [0xBB, 0xBF] + bytes("7\n"), bytes("8")], limit: 8)
                == expected("7", "8"))
        #expect(lines(mark.map { [$0] } + [bytes("\n")], limit: 8) == expected(""))
        #expect(lines([mark], limit: 8) == [])
        let second = bytes("7\n") + mark + bytes("8\n")
        #expect(lines([second], limit: 8) == [.bytes(bytes("7")[...]), .bytes((mark + bytes("8"))[...])])
        #expect(lines([Array(mark[..<2]), bytes("\n")], limit: 8) == [.bytes(mark[..<2])])
    }

    @Test("where the pieces are cut changes nothing")
    func pieces() {
        var random = SeededRandom(seed: 72)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                Int.random(in: 0..<5, using: &random) == 0 ? UInt8(ascii: "\n") : UInt8(ascii: "x")
            }
            var pieces: [[UInt8]] = []
            var rest = text[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...12, using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            var reference = text.split(separator: 10, omittingEmptySubsequences: false)
            if reference.last?.isEmpty == true { reference.removeLast() }
            let found = lines(pieces, limit: 6)
            #expect(found == reference.map { $0.count > 6 ? .tooLong : .bytes($0) }, "seed 72")
        }
    }
}
