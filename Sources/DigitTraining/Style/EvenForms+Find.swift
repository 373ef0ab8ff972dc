import DigitGen
import DigitModel
import NeuralNetwork

extension EvenForms {
    /// Groups of like pictures that a digit's candidates are split into.
    private static let groups = 100
    /// Candidates that are taken of each group, as far as it has them.
    private static let perGroup = 24

    /// Draws all candidates of each digit, groups them by how they look, and takes as many of each group.
    ///
    /// - Parameter classes: the digits that the model has learnt.
    static func find(_ model: QuantizedModel, classes: [UInt8], parallel: Parallel) -> EvenForms {
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        let candidates = classes.map { digit in
            let keys = (0..<candidateCount).map { ImageKey(latent: .form($0), label: digit) }
            let looks = looks(plan.pixels(keys, threads: parallel.threads), count: keys.count)
            var random = RandomSource(seed: UInt64(digit))
            let clusters = Clusters(looks, count: groups, random: &random, parallel: parallel)
            var taken = [Int](repeating: 0, count: groups)
            return clusters.nearest.enumerated().compactMap { number, group -> Int? in
                taken[group] += 1
                return taken[group] <= perGroup ? number : nil
            }
        }
        return EvenForms(candidates, digits: classes)
    }

    /// Small, soft pictures [count, 14 · 14], whose distances tell of forms and not of edges.
    private static func looks(_ images: [UInt8], count: Int) -> Tensor {
        let (side, half) = (28, 14)
        let looks = Tensor(uninitialized: [count, half * half])
        for image in 0..<count {
            for row in 0..<half {
                for column in 0..<half {
                    var sum = 0
                    for y in max(2 * row - 1, 0)..<min(2 * row + 3, side) {
                        for x in max(2 * column - 1, 0)..<min(2 * column + 3, side) {
                            sum += Int(images[(image * side + y) * side + x])
                        }
                    }
                    looks.pointer[(image * half + row) * half + column] = Float(sum) / (16 * 255)
                }
            }
        }
        return looks
    }
}
