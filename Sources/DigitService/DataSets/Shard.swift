/// One of several equal parts of a data set, so that many machines can make it. The parts 1/N … N/N, one after
/// the other, are the whole.
package struct Shard: Equatable, Sendable {
    /// How many parts there may be.
    package static let allowedCounts = 1...1_000_000
    /// The only part.
    package static let whole = Shard(index: 1, count: 1)

    /// 1 … `count`.
    package let index: Int
    package let count: Int

    private init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }

    /// Reads "K/N" with 1 ≤ K ≤ N ≤ 1,000,000; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let index = Int(parts[0]), let count = Int(parts[1]),
            Self.allowedCounts.contains(count), (1...count).contains(index)
        else { return nil }
        self.init(index: index, count: count)
    }

    package var isLast: Bool { index == count }

    /// The images of this part, of `total` in all. Parts differ by one image at most.
    package func range(of total: Int) -> Range<Int> {
        // Not total · index / count, which could overflow.
        let (size, rest) = total.quotientAndRemainder(dividingBy: count)
        let start = (index - 1) * size + min(index - 1, rest)
        return start..<start + size + (index <= rest ? 1 : 0)
    }
}
