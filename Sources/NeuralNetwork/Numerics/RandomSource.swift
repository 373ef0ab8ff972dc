import Platform

/// The trainer's random numbers: xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64.
///
/// Its whole state is four words, so a checkpoint can hold it and a resumed run draws what an uninterrupted
/// one would have drawn.
package struct RandomSource: RandomNumberGenerator, Sendable {
    /// The generator's whole state, which a checkpoint keeps.
    package private(set) var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var mixer = seed
        func next() -> UInt64 {
            mixer &+= 0x9E37_79B9_7F4A_7C15
            var word = mixer
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// The source that continues from a saved `state`; nil for zeros, from which nothing but zeros comes.
    package init?(state: (UInt64, UInt64, UInt64, UInt64)) {
        guard state != (0, 0, 0, 0) else { return nil }
        self.state = state
    }

    /// The next number, uniform over all of 64 bits.
    package mutating func next() -> UInt64 {
        func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { (word << bits) | (word >> (64 - bits)) }
        let result = rotate(state.0 &+ state.3, 23) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotate(state.3, 45)
        return result
    }

    /// A number in [0, 1) with 24 random bits.
    package mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// Fills `count` elements with numbers in [low, high).
    package mutating func fillUniform(
        _ target: UnsafeMutablePointer<Float>, count: Int, low: Float, high: Float
    ) {
        for index in 0..<count { target[index] = low + (high - low) * uniform() }
    }

    /// Fills `count` elements with draws from `quantiles`, whose number must be a power of two up to 65,536.
    package mutating func fillNormal(
        _ target: UnsafeMutablePointer<Float>, count: Int, scale: Float, quantiles: NormalQuantiles
    ) {
        let mask = UInt64(quantiles.values.count - 1)
        precondition(quantiles.values.count & Int(mask) == 0 && mask <= 0xFFFF)
        quantiles.values.withUnsafeBufferPointer { table in
            var index = 0
            while index < count {
                var word = next()
                for _ in 0..<min(4, count - index) {
                    target[index] = scale * table[Int(word & mask)]
                    word >>= 16
                    index += 1
                }
            }
        }
    }
}

/// The standard normal distribution as a table of evenly spaced quantiles: cheap to sample, and bounded.
package struct NormalQuantiles: Sendable {
    /// `values[i]` = Φ⁻¹((i + ½) / count), in increasing order.
    package let values: [Float]

    package init(count: Int) {
        values = (0..<count).map { Float(NormalQuantiles.quantile((Double($0) + 0.5) / Double(count))) }
    }

    /// Φ⁻¹(p) for 0 < p < 1: bisection on the complementary error function, exact to float32.
    package static func quantile(_ probability: Double) -> Double {
        var low = -9.0
        var high = 9.0
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if erfc(-middle / 2.0.squareRoot()) / 2 < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
