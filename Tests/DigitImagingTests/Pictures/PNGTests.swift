import CZlib
import DigitImaging
import DigitModel
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
            let bytes = try encoder.encode(picture)
            let decoded = try #require(DecodedPNG(bytes))
            #expect((decoded.width, decoded.height) == (width, height))
            #expect(decoded.pixels == picture.pixels, "\(width)×\(height), seed 31")
            #expect(decoded.chunks.map(\.type) == ["IHDR", "IDAT", "IEND"])
            #expect(try encoder.encode(stack, index: 0) == encoder.encode(picture))
        }
    }

    @Test(
        "libpng's reader and zlib get back noise, strokes, repeated rows and wide rows, of one byte and two",
        arguments: 0..<40)
    func randomPictures(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        // Every fourth is wide: a picture is longer than a block.
        let isWide = seed % 4 == 3
        let width = Int.random(in: isWide ? 30_000...70_000 : 1...300, using: &random)
        let height = Int.random(in: isWide ? 1...4 : 1...300, using: &random)
        let kind = seed % 5
        var pixels = [UInt8](repeating: 0, count: width * height)
        for index in pixels.indices {
            let noise = UInt8.random(in: 0...255, using: &random)
            switch kind {
            case 0: pixels[index] = noise
            case 1: pixels[index] = noise < 30 ? noise &* 8 : 0
            case 2: pixels[index] = index % width < width / 3 ? 255 : 0
            // Copies of the row above, with faults.
            case 3: pixels[index] = index >= width && noise > 9 ? pixels[index - width] : noise
            // Values of very different frequencies, whose code is as long as it may be.
            default: pixels[index] = UInt8(UInt64.random(in: 0 ... .max, using: &random).trailingZeroBitCount)
            }
        }
        let picture = try GrayImage(width: width, height: height, pixels: pixels)
        var encoder = try PNGEncoder()
        let decoded = try #require(try DecodedPNG(encoder.encode(picture)))
        #expect(decoded.pixels == pixels, "\(width)×\(height), kind \(kind)")
        // Each row has a byte for its filter ahead of it.
        let rows = (0..<height).flatMap { [0] + pixels[$0 * width..<($0 + 1) * width] }
        #expect(inflated(decoded, count: rows.count + 1) == rows, "\(width)×\(height), kind \(kind)")
        let inked = try #require(try DecodedPNG(encoder.encode(picture, as: .coverage(ink: 255))))
        #expect(inked.pixels == pixels.flatMap { [255, $0] }, "\(width)×\(height), kind \(kind)")
    }

    /// What zlib finds in the image data, at most `count` bytes.
    private func inflated(_ png: DecodedPNG, count: Int) -> [UInt8] {
        let data = png.chunks.filter { $0.type == "IDAT" }.flatMap(\.data)
        var size = UInt(count)
        var bytes = [UInt8](repeating: 0, count: count)
        return uncompress(&bytes, &size, data, UInt(data.count)) == Z_OK ? Array(bytes.prefix(Int(size))) : []
    }

    @Test("the bytes of a picture are these for good", arguments: [(28, 28), (140, 84), (640, 480)])
    func pinned(width: Int, height: Int) throws {
        // Rings, without anything of floating point.
        let pixels = (0..<width * height).map { index -> UInt8 in
            let (x, y) = (index % width - width / 2, index / width - height / 2)
            return UInt8(max(0, 255 - abs((x * x + y * y) % 400 - 200) * 3))
        }
        var encoder = try PNGEncoder()
        let picture = try GrayImage(width: width, height: height, pixels: pixels)
        let texts = [try PNGText(keyword: "Seed", text: "1")]
        #expect(SHA256.hexDigest(of: try encoder.encode(picture, texts: texts)) == Self.digests[height])
    }

    /// By the height of the picture.
    private static let digests = [
        28: "9f25ceaf4c152453786490b891bb1fa99543e1aa67d25d5f9df2aa6197552b3c",
        84: "1e28f7493c4cf0653409a5ed5a35f1822d0c4583e5393bd6333b7f490e53af15",
        480: "3423576773615a8ca4a21a217aa61c372fc277c6b0bfd0160cf11db3815c1650",
    ]

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
