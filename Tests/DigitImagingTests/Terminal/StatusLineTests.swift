import DigitImaging
import Testing

@Suite("Status lines")
struct StatusLineTests {
    @Test("a line is drawn over itself and removed, and never reaches the last column")
    func replacement() {
        var line = StatusLine(takesEscapes: true, reflows: false)
        #expect(line.removal(columns: 10) == "")
        #expect(line.replacement(by: "one", columns: 10) == "one")
        #expect(line.replacement(by: "0123456789", columns: 10) == "\r\u{1B}[K012345678")
        #expect(line.removal(columns: 10) == "\r\u{1B}[K")
        #expect(line.removal(columns: 10) == "")
    }

    @Test("a terminal without escape sequences gets blanks over what stands there")
    func dumb() {
        var line = StatusLine(takesEscapes: false, reflows: true)
        #expect(line.replacement(by: "three", columns: 10) == "three")
        #expect(line.replacement(by: "two", columns: 10) == "\r     \rtwo")
        #expect(line.removal(columns: 3) == "\r  \r")
    }

    @Test("where a narrower terminal wraps the line anew, all of it is removed")
    func reflow() {
        var line = StatusLine(takesEscapes: true, reflows: true)
        #expect(line.replacement(by: String(repeating: "x", count: 60), columns: 80).count == 60)
        #expect(line.replacement(by: "y", columns: 25) == "\u{1B}[2A\r\u{1B}[Jy")
        _ = line.replacement(by: String(repeating: "x", count: 30), columns: 80)
        #expect(line.removal(columns: 30) == "\r\u{1B}[K")
    }

    @Test("a progress line fills what width there is: a bar of 8 to 30, then fewer words, then percent")
    func progress() {
        let line = ProgressLine(done: 1, total: 4, afters: ["1 of 4, 5 s left", "1 of 4"])
        #expect(line.text(columns: 200) == "[#######.......................] 1 of 4, 5 s left")
        #expect(line.text(columns: 28) == "[##......] 1 of 4, 5 s left")
        #expect(line.text(columns: 27) == "1 of 4, 5 s left")
        #expect(line.text(columns: 17) == "1 of 4, 5 s left")
        #expect(line.text(columns: 16) == "1 of 4")
        #expect(line.text(columns: 5) == "25%" && line.text(columns: 3) == "" && line.text(columns: 0) == "")
        #expect(ProgressLine(done: 9, total: 0, afters: ["x"]).text(columns: 13) == "[########] x")
    }
}
