/// Inverted dropout (Srivastava et al. 2014): in training each element is 0 with probability `rate`, else
/// divided by 1 − rate; in inference nothing happens. Any shape. Gradient: dx = dy · mask.
package final class Dropout: Layer {
    private let rate: Float
    private let parallel: Parallel
    private var random: RandomSource
    private var mask: Tensor?

    /// Elements that share a random source: so that threads can fill a mask together, and their number does not
    /// change it.
    private static let blockSize = 8192

    package init(rate: Float, random: inout RandomSource, parallel: Parallel) {
        precondition(rate >= 0 && rate < 1)
        self.rate = rate
        self.parallel = parallel
        self.random = RandomSource(seed: random.next())
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        guard mode != .inference else { return input }
        let mask = Tensor(uninitialized: input.shape)
        fill(mask)
        self.mask = mask
        return input.zip(mask, parallel) { $0 * $1 }
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let mask else { preconditionFailure("backward without a forward pass in training") }
        return outputGradient.zip(mask, parallel) { $0 * $1 }
    }

    /// Starts the masks anew from `seed`: the trainer does so at each epoch, so that a run resumed there
    /// draws the same masks.
    package func reseed(_ seed: UInt64) {
        random = RandomSource(seed: seed)
    }

    private func fill(_ mask: Tensor) {
        let seed = random.next()
        let blocks = (mask.count + Dropout.blockSize - 1) / Dropout.blockSize
        parallel.forEachPart(of: blocks) { _, range in
            for block in range {
                let start = block * Dropout.blockSize
                fill(
                    mask.pointer + start, count: min(Dropout.blockSize, mask.count - start),
                    seed: seed &+ UInt64(block))
            }
        }
    }

    private func fill(_ target: UnsafeMutablePointer<Float>, count: Int, seed: UInt64) {
        let threshold = UInt64(Double(rate) * 0x1p16)
        let kept = 1 / (1 - rate)
        var source = RandomSource(seed: seed)
        var index = 0
        while index < count {
            var word = source.next()
            for _ in 0..<min(4, count - index) {
                target[index] = word & 0xFFFF < threshold ? 0 : kept
                word >>= 16
                index += 1
            }
        }
    }
}
