import DigitImaging
import Foundation
import TestSupport
import Testing

@Suite("Pictures for kitty's graphics protocol")
struct KittyPictureTests {
    @Test(
        "pieces of at most 4,096 characters carry the whole file", arguments: [1, 3071, 3072, 3073, 10_000])
    func pieces(byteCount: Int) throws {
        var random = SeededRandom(seed: 92)
        let file = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        var bytes: [UInt8] = []
        try KittyPicture.encode(png: file) { bytes += $0 }
        let text = String(decoding: bytes, as: UTF8.self)
        let pieces = text.components(separatedBy: "\u{1B}\\").dropLast().map {
            $0.components(separatedBy: ";")
        }
        #expect(text.hasSuffix("\u{1B}\\") && pieces.allSatisfy { $0.count == 2 && $0[1].utf8.count <= 4096 })
        let last = pieces.count - 1
        for (index, piece) in pieces.enumerated() {
            let first = index == 0 ? "a=T,f=100,q=2," : ""
            #expect(piece[0] == "\u{1B}_G\(first)m=\(index == last ? 0 : 1)")
        }
        #expect(Data(base64Encoded: pieces.map { $0[1] }.joined()) == Data(file))
    }
}
