/// Inverted dropout (Srivastava et al. 2014): in training each element is 0 with probability `rate`, else
/// divided by 1 − rate; in inference nothing happens. Any shape. Gradient: dx = dy · mask.
package final class Dropout: Layer {
    private var rate: Float
    private let parallel: Parallel
    private var random: RandomSource
    private var mask: Tensor?

    /// The number of elements that share a random source, so that a mask does not depend on the number of threads.
    private static let blockSize = 8192

    package init(rate: Float, random: inout RandomSource, parallel: Parallel) {
        precondition(rate >= 0 && rate < 1)
        self.rate = rate
        self.parallel = parallel
        self.random = RandomSource(seed: random.next())
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        guard mode != .inference else { return input }
        let (mask, output) = (Tensor(uninitialized: input.shape), Tensor(uninitialized: input.shape))
        let seed = random.next()
        let blocks = (input.count + Dropout.blockSize - 1) / Dropout.blockSize
        parallel.forEachPart(of: blocks) { _, range in
            for block in range {
                let start = block * Dropout.blockSize
                let end = min(start + Dropout.blockSize, input.count)
                fill(mask.pointer + start, count: end - start, seed: seed &+ UInt64(block))
                for index in start..<end {
                    output.pointer[index] = input.pointer[index] * mask.pointer[index]
                }
            }
        }
        self.mask = mask
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let mask else { preconditionFailure("backward without a forward pass in training") }
        return outputGradient.zip(mask, Product(), parallel)
    }

    private struct Product: ElementPairFunction {
        func callAsFunction(_ x: Float, _ y: Float) -> Float { x * y }
    }

    /// Sets the rate and restarts the masks from `seed`. The trainer does so at each epoch, so that a resumed run draws
    /// the same masks.
    package func restart(rate: Float, seed: UInt64) {
        precondition(rate >= 0 && rate < 1)
        self.rate = rate
        random = RandomSource(seed: seed)
    }

    /// Each random word decides on four elements, its lowest 16 bits on the first of them.
    private func fill(_ target: UnsafeMutablePointer<Float>, count: Int, seed: UInt64) {
        let threshold = SIMD4<UInt32>(repeating: UInt32(Double(rate) * 0x1p16))
        let (dropped, kept) = (SIMD4<Float>(repeating: 0), SIMD4<Float>(repeating: 1 / (1 - rate)))
        var source = RandomSource(seed: seed)
        for start in stride(from: 0, to: count, by: 4) {
            let word = source.next()
            let words = SIMD4<UInt64>(word, word >> 16, word >> 32, word >> 48)
            let bits = SIMD4<UInt32>(truncatingIfNeeded: words & 0xFFFF)
            let mask = kept.replacing(with: dropped, where: bits .< threshold)
            for index in 0..<min(4, count - start) { target[start + index] = mask[index] }
        }
    }
}
