import TestSupport
import Testing

@testable import DigitModel

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "gives the digests of NIST's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsm"
                    + "nopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func knownDigests(text: String, digest: String) {
        #expect(SHA256.hexDigest(of: Array(text.utf8)) == digest)
    }

    @Test("gives the digest of 100,000 times the letter a")
    func manyBlocks() {
        let digest = SHA256.hexDigest(of: [UInt8](repeating: 0x61, count: 100_000))
        #expect(digest == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    }

    @Test("does not depend on how the bytes are cut into pieces", arguments: [1, 3, 55, 56, 63, 64, 65, 200])
    func pieces(size: Int) {
        for count in [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 300] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
            var hash = SHA256()
            for start in stride(from: 0, to: count, by: size) {
                hash.update(Array(bytes[start..<min(start + size, count)]))
            }
            #expect(hash.finalizeHex() == SHA256.hexDigest(of: bytes), "\(count) bytes")
        }
    }

    @Test("may go on after a digest was taken")
    func continued() {
        var hash = SHA256()
        hash.update(Array("ab".utf8))
        _ = hash.finalize()
        hash.update(Array("c".utf8))
        #expect(hash.finalizeHex() == SHA256.hexDigest(of: Array("abc".utf8)))
    }

    @Test(
        "the processor's instructions give the portable code's digests", .enabled(if: SHA256.canAccelerate),
        arguments: [UInt64(1), 2, 3])
    func accelerated(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let bytes = (0..<Int.random(in: 0...700, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let digests = [false, true].map { isAccelerated in
                var hash = SHA256(isAccelerated: isAccelerated)
                hash.update(Array(bytes[..<cut]))
                hash.update(Array(bytes[cut...]))
                return hash.finalizeHex()
            }
            #expect(digests[0] == digests[1], "\(bytes.count) bytes cut at \(cut), seed \(seed)")
        }
    }
}
