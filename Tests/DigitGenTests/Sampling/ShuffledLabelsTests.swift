import Testing

@testable import DigitGen

@Suite("Shuffled labels")
struct ShuffledLabelsTests {
    @Test("a permutation has every number once", arguments: [1, 2, 3, 4, 5, 16, 17, 1000, 4097])
    func permutation(count: Int) {
        let order = KeyedPermutation(count: count, seed: 5, stream: 0)
        #expect(Set((0..<count).map { order[$0] }) == Set(0..<count))
    }

    @Test("a permutation of the greatest count stays in its range")
    func great() {
        let count = Int(UInt32.max)
        let order = KeyedPermutation(count: count, seed: 5, stream: 0)
        let numbers = [0, 1, count / 2, count - 1].map { order[$0] }
        #expect(numbers.allSatisfy { (0..<count).contains($0) } && Set(numbers).count == 4)
    }

    @Test("seeds and streams give other orders")
    func keys() {
        let orders = [(5, 0), (6, 0), (5, 1), (5 + 1 << 32, 0)].map { seed, stream in
            let order = KeyedPermutation(count: 100, seed: UInt64(seed), stream: UInt32(stream))
            return (0..<100).map { order[$0] }
        }
        #expect(Set(orders).count == 4)
    }

    @Test("shares add up to the total, and none is a whole number off its proportion")
    func shares() {
        for total in [0, 1, 9, 10, 11, 999, 60_000, Int(UInt32.max)] {
            let weights = [5, 3, 1, 1]
            let shares = ShuffledLabels.shares(of: total, weights)
            #expect(shares.reduce(0, +) == total)
            for (share, weight) in zip(shares, weights) { #expect(abs(10 * share - total * weight) < 10) }
        }
    }

    private func counts(_ labels: ShuffledLabels) -> [Int] {
        var counts = [Int](repeating: 0, count: 10)
        for index in 0..<labels.count { counts[Int(labels[index])] += 1 }
        return counts
    }

    @Test("70,000 labels have MNIST's own numbers")
    func mnist() {
        let labels = SplitLabels(digits: Array(0...9), proportions: .mnist, count: 70_000, seed: 1)
        #expect(
            counts(labels.train) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
        #expect(counts(labels.test) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
        #expect(labels[0] == labels.train[0] && labels[60_000] == labels.test[0])
    }

    @Test("balanced labels of some digits are as equal as they can be, and in no order")
    func balanced() {
        let labels = SplitLabels(digits: [8, 3], proportions: .balanced, count: 701, seed: 1)
        #expect(counts(labels.train).max() == 301 && counts(labels.train)[3] == 301)
        #expect(labels.test.count == 100 && counts(labels.test)[8] == 50)
        let first = (0..<100).map { labels[$0] }
        #expect(first != first.sorted() && Set(first) == [3, 8])
    }
}
