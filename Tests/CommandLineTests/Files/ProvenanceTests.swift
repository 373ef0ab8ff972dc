import TestSupport
import Testing

@Suite("Provenance", .needsProgram)
struct ProvenanceTests {
    /// The tEXt chunks of a PNG: what stands under each keyword.
    private func texts(_ png: [UInt8]) -> [String: String] {
        var texts: [String: String] = [:]
        var rest = png.dropFirst(8)
        while rest.count >= 12 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let data = rest.dropFirst(8).prefix(length)
            if rest.dropFirst(4).starts(with: Array("tEXt".utf8)), let end = data.firstIndex(of: 0) {
                let keyword = String(decoding: data[..<end], as: UTF8.self)
                texts[keyword] = String(decoding: data[(end + 1)...], as: UTF8.self)
            }
            rest = rest.dropFirst(length + 12)
        }
        return texts
    }

    @Test("a picture says all that is needed to make it again, and doing so gives its bytes")
    func reproducible() throws {
        let sample = try Sample()
        let first = try sample.run("007", "--count", "3").output
        let texts = texts(first)
        #expect(texts["Software"]?.hasPrefix("digitgen ") == true)
        #expect(texts["Model"] == "sample")
        #expect(texts["Bundle SHA-256"]?.count == 64)
        #expect(texts["Digits"] == "007")
        #expect(texts["Count"] == "3")
        let seed = try #require(texts["Seed"])
        #expect(try sample.run("007", "--count", "3", "--seed", seed).output == first)
        #expect(texts.count == 6, "a time stamp, for one, would make each file another")
    }

    @Test("without a seed, every run draws its own")
    func freshSeeds() throws {
        let sample = try Sample()
        #expect(try sample.run("7").output != sample.run("7").output)
        #expect(try sample.run("7", "--seed", "1").output == sample.run("7", "--seed", "1").output)
    }

    @Test("seeds reach from 0 to 2^64 - 1, and each is another")
    func seeds() throws {
        let sample = try Sample()
        let seeds = ["0", "1", "4294967296", "18446744073709551615"]
        let pictures = try seeds.map { try sample.run("7", "--seed", $0, "--format", "raw").output }
        #expect(Set(pictures).count == seeds.count)
    }
}
