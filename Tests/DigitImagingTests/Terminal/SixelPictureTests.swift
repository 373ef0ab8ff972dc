import DigitImaging
import TestSupport
import Testing

@Suite("Sixel pictures")
struct SixelPictureTests {
    @Test("a reader of sixels gets the shades back, to the nearest of 33")
    func roundTrip() throws {
        var random = SeededRandom(seed: 91)
        for _ in 0..<30 {
            let (width, height) = (
                Int.random(in: 1...30, using: &random), Int.random(in: 1...20, using: &random)
            )
            var stack = try randomStack(count: 1, width: width, height: height, using: &random)
            if Bool.random(using: &random) {
                stack = try ImageStack(size: stack.size, pixels: stack.pixels.map { $0 < 200 ? 0 : 255 })
            }
            let picture = try GrayImage(width: width, height: height, pixels: stack.pixels)
            var bytes: [UInt8] = []
            try SixelPicture.encode(picture) { bytes += $0 }
            let shades = try #require(Self.read(bytes, width: width, height: height))
            for (shade, pixel) in zip(shades, stack.pixels) {
                #expect(abs(Double(shade) / 32 - Double(pixel) / 255) <= 0.5 / 32 + 1e-9, "seed 91")
            }
        }
    }

    /// The register of each pixel; nil when a pixel is missing or drawn twice, or the text is no sixel picture.
    private static func read(_ bytes: [UInt8], width: Int, height: Int) -> [Int]? {
        let text = String(decoding: bytes, as: UTF8.self)
        let head = "\u{1B}P0;1;0q\"1;1;\(width);\(height)"
        guard text.hasPrefix(head), text.hasSuffix("\u{1B}\\") else { return nil }
        var body = Array(text.utf8.dropFirst(head.utf8.count).dropLast(2))[...]
        var result = [Int?](repeating: nil, count: width * height)
        var (x, top, register) = (0, 0, 0)
        func number() -> Int {
            var value = 0
            while let byte = body.first, byte >= 48, byte <= 57 {
                value = value * 10 + Int(byte - 48)
                body.removeFirst()
            }
            return value
        }
        while let byte = body.popFirst() {
            switch byte {
            case UInt8(ascii: "#"):
                register = number()
                while body.first == UInt8(ascii: ";") {
                    body.removeFirst()
                    _ = number()
                }
            case UInt8(ascii: "$"): x = 0
            case UInt8(ascii: "-"): (x, top) = (0, top + 6)
            default:
                let count = byte == UInt8(ascii: "!") ? number() : 1
                let sixel = byte == UInt8(ascii: "!") ? body.popFirst() ?? 0 : byte
                guard (63...126).contains(sixel) else { return nil }
                for _ in 0..<count {
                    for row in 0..<6 where (sixel - 63) >> UInt8(row) & 1 == 1 {
                        guard x < width, top + row < height, result[(top + row) * width + x] == nil else {
                            return nil
                        }
                        result[(top + row) * width + x] = register
                    }
                    x += 1
                }
            }
        }
        return result.contains(nil) ? nil : result.compactMap { $0 }
    }
}
