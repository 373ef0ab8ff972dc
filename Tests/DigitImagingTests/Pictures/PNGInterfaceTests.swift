import DigitImaging
import TestSupport
import Testing

@Suite("The library's PNG")
struct PNGInterfaceTests {
    @Test("the pixels survive")
    func pixels() throws {
        let pixels = (0..<6).map { UInt8($0 * 40) }
        let decoded = try #require(DecodedPNG(PNG.encode(pixels, width: 3, height: 2)))
        #expect(decoded.width == 3 && decoded.height == 2 && decoded.pixels == pixels)
    }

    @Test("sizes that do not fit are errors", arguments: [(0, 1), (-1, -6), (3, 3), (Int.max, 2)])
    func sizes(width: Int, height: Int) {
        #expect(throws: PNGError.self) {
            try PNG.encode([UInt8](repeating: 0, count: 6), width: width, height: height)
        }
    }
}
