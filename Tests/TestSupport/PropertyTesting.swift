import Glibc

/// A seeded random number generator for property tests, so that a failure can be repeated: splitmix64 (Steele, Lea and
/// Flood 2014, "Fast splittable pseudorandom number generators").
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// The number of times that a test repeats one property.
package enum Rounds {
    /// Returns `count`, or `full` under `tools/test --full`, which sets DIGITGEN_FULL_TESTS.
    package static func count(_ count: Int, full: Int) -> Int {
        getenv("DIGITGEN_FULL_TESTS") == nil ? count : full
    }
}
