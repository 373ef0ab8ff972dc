import DigitImaging
import Testing

@Suite("Terminal preview")
struct TerminalPreviewTests {
    @Test("without colours, blocks show two pixels each and no escape sequence")
    func plain() throws {
        let picture = try GrayImage(width: 4, height: 2, pixels: [0, 255, 0, 255, 0, 0, 255, 255])
        #expect(TerminalPreview(colors: .none, columns: 80).render(picture) == " ▀▄█\n")
    }

    @Test("without block characters, ten letters show the mean of two pixels each")
    func letters() throws {
        let picture = try GrayImage(width: 5, height: 2, pixels: [0, 255, 0, 128, 26, 0, 255, 255, 128, 26])
        #expect(TerminalPreview(colors: .letters, columns: 80).render(picture) == " @=+.\n")
    }

    @Test("a picture higher than the room becomes as high as it, and keeps its proportions")
    func lowered() throws {
        let preview = TerminalPreview(colors: .none, columns: 80, lines: 10)
        let lines = preview.render(try GrayImage(width: 56, height: 56, shade: 255)).split(separator: "\n")
        #expect(lines.count == 10 && lines.allSatisfy { $0.count == 20 })
        let both = preview.render(try GrayImage(width: 800, height: 100, shade: 255)).split(separator: "\n")
        #expect(both.count == 5 && both.allSatisfy { $0.count == 80 })
    }

    @Test("an odd last row is drawn over black")
    func oddHeight() throws {
        let picture = try GrayImage(width: 1, height: 3, pixels: [255, 255, 255])
        #expect(TerminalPreview(colors: .none, columns: 80).render(picture) == "█\n▀\n")
    }

    @Test("24-bit colours are set when they change and reset at the end of a line")
    func full() throws {
        let picture = try GrayImage(width: 3, height: 2, pixels: [9, 9, 0, 200, 200, 1])
        let expected =
            "\u{1B}[38;2;9;9;9;48;2;200;200;200m▀▀\u{1B}[38;2;0;0;0;48;2;1;1;1m▀\u{1B}[0m\n"
        #expect(TerminalPreview(colors: .full, columns: 80).render(picture) == expected)
    }

    @Test("the palette of 256 gives black, white and the nearest gray")
    func palette() throws {
        let preview = TerminalPreview(colors: .palette, columns: 80)
        for (shade, index) in [
            (0, 16), (3, 16), (8, 232), (12, 232), (13, 233), (128, 244), (238, 255), (255, 231),
        ] {
            let picture = try GrayImage(width: 1, height: 2, shade: UInt8(shade))
            #expect(preview.render(picture) == "\u{1B}[38;5;\(index);48;5;\(index)m▀\u{1B}[0m\n")
        }
    }

    @Test("a picture wider than the terminal becomes as wide as it, and keeps its proportions")
    func narrowed() throws {
        let picture = try GrayImage(width: 280, height: 28, shade: 255)
        let lines = TerminalPreview(colors: .none, columns: 80).render(picture).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.count == 80 })
        let thin = try GrayImage(width: 1000, height: 1, shade: 255)
        #expect(TerminalPreview(colors: .none, columns: 0).render(thin) == "▀\n")
    }
}
