import DigitImaging
import TestSupport
import Testing

@Suite("PNG")
struct PNGTests {
    @Test("libpng's reader gets the same pixels back, for all sizes, from one encoder")
    func roundTrip() throws {
        var random = SeededRandom(seed: 31)
        var encoder = try PNGEncoder()
        for _ in 0..<120 {
            let (width, height) = (
                Int.random(in: 1...70, using: &random), Int.random(in: 1...70, using: &random)
            )
            let stack = try randomStack(count: 1, width: width, height: height, using: &random)
            let picture = try GrayImage(width: width, height: height, pixels: stack.pixels)
            let bytes = try encoder.encode(picture, repeatsRows: Bool.random(using: &random))
            let decoded = try #require(DecodedPNG(bytes))
            #expect((decoded.width, decoded.height) == (width, height))
            #expect(decoded.pixels == picture.pixels, "\(width)×\(height), seed 31")
            #expect(decoded.chunks.map(\.type) == ["IHDR", "IDAT", "IEND"])
            #expect(try encoder.encode(stack, index: 0) == encoder.encode(picture))
        }
    }

    @Test("ink on nothing has one shade, and its coverage for opacity")
    func coverage() throws {
        var random = SeededRandom(seed: 32)
        var encoder = try PNGEncoder()
        for ink: UInt8 in [0, 255] {
            let stack = try randomStack(count: 1, width: 19, height: 11, using: &random)
            let coverage = try GrayImage(width: 19, height: 11, pixels: stack.pixels)
            for inverted in [false, true] {
                let file = try encoder.encode(coverage, as: .coverage(ink: ink, inverted: inverted))
                let decoded = try #require(DecodedPNG(file))
                #expect(decoded.hasAlpha)
                #expect(
                    decoded.pixels == stack.pixels.flatMap { [ink, inverted ? 255 - $0 : $0] }, "seed 32")
            }
        }
    }

    @Test("a large picture comes back, too, part by part as in one piece")
    func large() throws {
        var encoder = try PNGEncoder()
        let pixels = (0..<1500 * 1100).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let picture = try GrayImage(width: 1500, height: 1100, pixels: pixels)
        let file = try encoder.encode(picture)
        #expect(DecodedPNG(file)?.pixels == pixels)
        var parts: [[UInt8]] = []
        try encoder.encode(picture) { parts.append($0) }
        #expect(parts.count > 1 && parts.flatMap { $0 } == file)
    }

    @Test("an encoder whose picture was given up makes the next one all the same")
    func givenUp() throws {
        var encoder = try PNGEncoder()
        let picture = try GrayImage(width: 1500, height: 1100, shade: 9)
        #expect(throws: ImagingError.output(.closedPipe)) {
            try encoder.encode(picture) { _ throws(ImagingError) in throw .output(.closedPipe) }
        }
        #expect(try DecodedPNG(encoder.encode(picture))?.pixels == picture.pixels)
    }

    @Test("texts stand ahead of the pixels in their order, and nothing dates the file")
    func texts() throws {
        var encoder = try PNGEncoder()
        let picture = try GrayImage(width: 2, height: 1, pixels: [0, 255])
        let texts = try [PNGText(keyword: "Software", text: "digitgen"), PNGText(keyword: "Seed", text: "7")]
        let decoded = try #require(try DecodedPNG(encoder.encode(picture, texts: texts)))
        #expect(decoded.texts == ["Software=digitgen", "Seed=7"])
        #expect(decoded.chunks.map(\.type) == ["IHDR", "tEXt", "tEXt", "IDAT", "IEND"])
    }

    @Test(
        "keywords and texts that a PNG cannot hold are refused",
        arguments: [("", "x"), (" a", "x"), ("a ", "x"), ("a", "→"), ("a\u{0}", "x"), ("a", "\u{0}")])
    func badTexts(keyword: String, text: String) {
        #expect(throws: ImagingError.text(keyword: keyword)) { try PNGText(keyword: keyword, text: text) }
    }

    @Test("a keyword has at most 79 characters")
    func longKeyword() throws {
        _ = try PNGText(keyword: String(repeating: "é", count: 79), text: "")
        #expect(throws: ImagingError.self) {
            try PNGText(keyword: String(repeating: "e", count: 80), text: "")
        }
    }

    @Test("the picture of a scaled grid is the grid's pixels")
    func scaledGrid() throws {
        var random = SeededRandom(seed: 32)
        let stack = try randomStack(count: 5, width: 28, height: 28, using: &random)
        let layout = try GridLayout(scale: 3)
        var canvas = try GridCanvas(layout.grid(count: 5, of: stack.size))
        try canvas.draw(stack)
        #expect(try DecodedPNG(file(PNGFormat(), of: stack, layout: layout))?.pixels == canvas.picture.pixels)
    }
}
