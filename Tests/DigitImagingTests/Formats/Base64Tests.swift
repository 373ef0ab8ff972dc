import DigitImaging
import TestSupport
import Testing

@Suite("Base64")
struct Base64Tests {
    private func text(_ bytes: some Sequence<UInt8>) -> String {
        var text = Array("<".utf8)
        Base64.append(Array(bytes)[...], to: &text)
        return String(decoding: text.dropFirst(), as: UTF8.self)
    }

    @Test(
        "the examples of RFC 4648, section 10, come out as they stand there",
        arguments: zip(
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]))
    func examples(data: String, expected: String) {
        #expect(text(data.utf8) == expected)
        #expect(Base64.length(data.utf8.count) == expected.utf8.count)
    }

    @Test("every group of six bits has its character, wherever it stands")
    func alphabet() {
        let values = Array(0 as UInt8..<64)
        let ends = values.map { [$0 << 2, 0, 0] as [UInt8] } + values.map { [0, 0, $0] as [UInt8] }
        let alphabet: [Character] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let expected: [String] = alphabet.map { "\($0)AAA" } + alphabet.map { "AAA\($0)" }
        #expect(text(ends.joined()) == expected.joined())
    }

    @Test("any bytes give what an encoder gives that goes bit by bit")
    func reference() {
        var random = SeededRandom(seed: 71)
        let alphabet: [Character] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let bits = bytes.flatMap { byte in (0..<8).map { Int(byte >> (7 - $0) & 1) } }
            var expected = ""
            for start in stride(from: 0, to: bits.count, by: 6) {
                let group = (0..<6).map { start + $0 < bits.count ? bits[start + $0] : 0 }
                expected.append(alphabet[group.reduce(0) { $0 << 1 | $1 }])
            }
            while expected.utf8.count % 4 != 0 { expected.append("=") }
            #expect(text(bytes) == expected, "\(count) bytes, seed 71")
        }
    }
}
