import DigitGen

/// Random numbers for one purpose, as a function of a seed, an index and a position alone.
///
/// They are Philox blocks with key = seed and counter = (index low, index high, block, stream); the streams are others
/// than those of latents, so that a field changes no digit.
struct RandomStream {
    /// What the numbers decide. Raw values are part of what a seed gives.
    enum Purpose: UInt32 {
        /// The characters of a text.
        case text = 16
        /// What a hand does in all of a line.
        case hand = 17
        /// What it does in one character, or between it and the next.
        case character = 18
        /// The places of lines on a page.
        case page = 19
        /// The seeds of the parts of a data set.
        case part = 20
    }

    private let key: (UInt32, UInt32)
    private let index: (UInt32, UInt32)
    private let stream: UInt32
    private var block: UInt32 = 0
    private var words: Philox.Block = (0, 0, 0, 0)
    private var used = 4

    /// - Parameter position: of a character in its line, or another small number; below 2^24.
    init(_ purpose: Purpose, seed: UInt64, index: Int, position: Int = 0) {
        key = Philox.words(seed)
        self.index = Philox.words(index)
        stream = UInt32(truncatingIfNeeded: position) << 8 | purpose.rawValue
    }

    /// The next 32 random bits.
    mutating func next() -> UInt32 {
        if used == 4 {
            words = Philox.block(counter: (index.0, index.1, block, stream), key: key)
            block &+= 1
            used = 0
        }
        used += 1
        return switch used {
        case 1: words.0
        case 2: words.1
        case 3: words.2
        default: words.3
        }
    }

    /// The next 64 random bits.
    mutating func nextSeed() -> UInt64 { UInt64(next()) << 32 | UInt64(next()) }

    /// A number in `range`, whose length is below 2^32, each as probable as the others.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int((UInt64(next()) * UInt64(range.count)) >> 32)
    }

    /// True with a probability of `parts` in 1,000.
    mutating func isTrue(inThousand parts: Int) -> Bool { within(0...999) < parts }

    /// A number from a normal distribution around 0, never beyond about four deviations: the sum of two quantiles of
    /// the latents' table, in which 44 are a deviation.
    mutating func normal(_ deviation: Int) -> Int {
        let word = next()
        let sum =
            Int(LatentCodes.table[Int(word & 0xFF)]) + Int(LatentCodes.table[Int(word >> 8 & 0xFF)]) - 256
        // 62 is 44 · √2. Rounded to the nearest, halves away from 0.
        let product = sum * deviation
        return (2 * product + (product < 0 ? -62 : 62)) / 124
    }
}
