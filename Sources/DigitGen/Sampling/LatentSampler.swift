/// Draws latents with integers only: the same on every processor.
///
/// Latent i under a seed is the first bytes of the Philox blocks with key = seed (low word, high word) and
/// counter = (i low, i high, block, stream), words little-endian, each byte looked up in `LatentCodes`. The digit
/// is not in it: so image i of a 3 and image i of a 7 are in the same hand.
///
/// A point between two latents a and b at share t is ((1 − t)·a + t·b) / √((1 − t)² + t²), which has the variance
/// of a latent anywhere on the way: what is between two typical latents is typical, too. (A mean of two is too
/// near the origin, and looks like no hand at all.)
package enum LatentSampler {
    /// Writes the codes of a latent to all of `codes`.
    package static func fill(_ codes: UnsafeMutableBufferPointer<UInt8>, with latent: Latent) {
        let share = latent.share.numerator
        guard share > 0 else { return fill(codes, latent.start) }
        guard share < Share.whole else { return fill(codes, latent.end) }
        fill(codes, latent.start)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: codes.count) { other in
            fill(other, latent.end)
            mix(codes, with: UnsafeBufferPointer(other), share: Int64(share))
        }
    }

    private static func fill(_ codes: UnsafeMutableBufferPointer<UInt8>, _ origin: Latent.Origin) {
        let key = (UInt32(truncatingIfNeeded: origin.seed), UInt32(truncatingIfNeeded: origin.seed >> 32))
        let (low, high) = (
            UInt32(truncatingIfNeeded: origin.index), UInt32(truncatingIfNeeded: origin.index >> 32)
        )
        LatentCodes.table.withUnsafeBufferPointer { table in
            var block: UInt32 = 0
            var position = 0
            while position < codes.count {
                let words = Philox.block(counter: (low, high, block, origin.stream.rawValue), key: key)
                position = store(words.0, codes, position, table)
                position = store(words.1, codes, position, table)
                position = store(words.2, codes, position, table)
                position = store(words.3, codes, position, table)
                block &+= 1
            }
        }
    }

    /// Moves each of `codes` to the point at `share` of the way to `other`, rounded to the nearest code, halves
    /// away from the middle.
    private static func mix(
        _ codes: UnsafeMutableBufferPointer<UInt8>, with other: UnsafeBufferPointer<UInt8>, share: Int64
    ) {
        let zero = Int64(LatentCodes.zeroPoint)
        let rest = Int64(Share.whole) - share
        let norm = squareRoot(rest * rest + share * share)
        for index in codes.indices {
            let sum = rest * (Int64(codes[index]) - zero) + share * (Int64(other[index]) - zero)
            let rounded = (abs(sum) * 2 + norm) / (norm * 2)
            codes[index] = UInt8(min(max(zero + (sum < 0 ? -rounded : rounded), 1), 255))
        }
    }

    /// The greatest integer whose square is at most `value` ≥ 0, by Newton's method from above.
    private static func squareRoot(_ value: Int64) -> Int64 {
        var root = max(value, 1)
        while true {
            let next = (root + value / root) / 2
            if next >= root { return root }
            root = next
        }
    }

    /// Stores the codes of a word's bytes as far as there is room, and returns where the next go.
    @inline(__always)
    private static func store(
        _ word: UInt32, _ codes: UnsafeMutableBufferPointer<UInt8>, _ position: Int,
        _ table: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var rest = word
        let end = min(position + 4, codes.count)
        for index in position..<max(position, end) {
            codes[index] = table[Int(rest & 0xFF)]
            rest >>= 8
        }
        return end
    }
}
