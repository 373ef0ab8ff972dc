/// Labels in random order, so many of each. Label i is computed from i alone, so that any piece of a data set of any
/// size can be drawn without the pieces before it.
package struct ShuffledLabels: Equatable, Sendable {
    /// The digits that occur, in ascending order.
    package let digits: [UInt8]
    /// For each digit, the number of places up to its last one in the sorted labels.
    private let ends: [Int]
    private let order: KeyedPermutation

    /// - Parameters:
    ///   - digits: different digits, at least one.
    ///   - weights: for each digit; the labels have these proportions as exactly as whole numbers can.
    ///   - count: of the labels.
    ///   - stream: tells permutations under one seed apart.
    package init(digits: [UInt8], weights: [Int], count: Int, seed: UInt64, stream: UInt32) {
        precondition(!digits.isEmpty && digits.count == weights.count)
        self.digits = digits
        var end = 0
        ends = Self.shares(of: count, weights).map { share in
            end += share
            return end
        }
        order = KeyedPermutation(count: count, seed: seed, stream: stream)
    }

    /// The number of labels.
    package var count: Int { order.count }

    /// The label of an image, `0 ..< count`.
    package subscript(index: Int) -> UInt8 {
        let place = order[index]
        return digits[ends.firstIndex { place < $0 } ?? 0]
    }

    /// `total` in proportion to `weights`: rounded down, and one more for the greatest remainders.
    static func shares(of total: Int, _ weights: [Int]) -> [Int] {
        let sum = weights.reduce(0, +)
        let parts = weights.map { (total * $0).quotientAndRemainder(dividingBy: sum) }
        var shares = parts.map { $0.quotient }
        let byRemainder = parts.indices.sorted { (-parts[$0].remainder, $0) < (-parts[$1].remainder, $1) }
        for index in byRemainder.prefix(total - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }
}

/// A random permutation of `0 ..< count` that is computed one number at a time: a Feistel network of four rounds
/// over the least 4ᵏ ≥ `count` numbers, repeated while the result is outside (Black and Rogaway 2002, "Ciphers with
/// arbitrary finite domains").
struct KeyedPermutation: Equatable, Sendable {
    let count: Int
    private let seed: UInt64
    private let stream: UInt32
    /// Bits of each half of a number.
    private let halfBits: Int

    init(count: Int, seed: UInt64, stream: UInt32) {
        self.count = count
        self.seed = seed
        self.stream = stream
        halfBits = max(1, (Int.bitWidth - max(count - 1, 0).leadingZeroBitCount + 1) / 2)
    }

    /// The number at `index`, which is in `0 ..< count`.
    subscript(index: Int) -> Int {
        var number = index
        repeat { number = mixed(number) } while number >= count
        return number
    }

    private func mixed(_ number: Int) -> Int {
        let key = Philox.words(seed)
        let mask = 1 << halfBits - 1
        var (left, right) = (number >> halfBits, number & mask)
        for round in UInt32(0)..<4 {
            let word = Philox.block(
                counter: (
                    UInt32(truncatingIfNeeded: right), round, stream, Latent.Origin.Stream.labels.rawValue
                ),
                key: key
            ).0
            (left, right) = (right, left ^ Int(word) & mask)
        }
        return left << halfBits | right
    }
}
