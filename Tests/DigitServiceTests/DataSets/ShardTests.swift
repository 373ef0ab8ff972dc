import DigitService
import TestSupport
import Testing

@Suite("Shards")
struct ShardTests {
    @Test("the parts follow each other without gap or overlap, and differ by one image at most")
    func partition() throws {
        var random = SeededRandom(seed: 61)
        for _ in 0..<200 {
            let count = Int.random(in: 1...40, using: &random)
            let total = Int.random(in: 0...(Bool.random(using: &random) ? 100 : .max), using: &random)
            let ranges = try (1...count).map { try #require(Shard("\($0)/\(count)")).range(of: total) }
            #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == total, "seed 61")
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound }, "seed 61")
            let sizes = ranges.map(\.count)
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(count) of \(total), seed 61")
        }
    }

    @Test("only the last part is the last, and the whole is one part")
    func last() throws {
        #expect(try #require(Shard("7/7")).isLast)
        #expect(try !#require(Shard("6/7")).isLast)
        #expect(Shard("1/1") == .whole)
    }

    @Test(
        "anything but K/N with 1 ≤ K ≤ N is no part",
        arguments: [
            "", "/", "1", "1/", "/1", "0/1", "2/1", "1/0", "-1/2", "1/-2", "+1/2", "1/2/3", " 1/2", "1/2 ",
            "a/b",
            "1/1000001", "99999999999999999999/99999999999999999999", "1.0/2",
        ])
    func malformed(text: String) {
        #expect(Shard(text) == nil)
    }
}
