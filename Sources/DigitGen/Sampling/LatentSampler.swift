/// Draws latents with integers only: the same on every processor.
///
/// Latent i under a seed is the first bytes of the Philox blocks with key = seed (low word, high word) and
/// counter = (i low, i high, block, 0), words little-endian, each byte looked up in `LatentCodes`. The digit is
/// not in it: so image i of a 3 and image i of a 7 are in the same hand.
package enum LatentSampler {
    /// Writes the codes of latent `index` to all of `codes`.
    package static func fill(_ codes: UnsafeMutableBufferPointer<UInt8>, seed: UInt64, index: UInt64) {
        let key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        let (low, high) = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
        LatentCodes.table.withUnsafeBufferPointer { table in
            var block: UInt32 = 0
            var position = 0
            while position < codes.count {
                let words = Philox.block(counter: (low, high, block, 0), key: key)
                position = store(words.0, codes, position, table)
                position = store(words.1, codes, position, table)
                position = store(words.2, codes, position, table)
                position = store(words.3, codes, position, table)
                block &+= 1
            }
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
