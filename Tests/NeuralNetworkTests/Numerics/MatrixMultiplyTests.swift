import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite("Matrix products")
struct MatrixMultiplyTests {
    @Test(
        "every combination of transposes and threads agrees with the sum written out", arguments: [1, 2, 3])
    func agreesWithDefinition(threads: Int) {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = RandomSource(seed: seed)
        for _ in 0..<8 {
            let (m, n, k) = (
                Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random),
                Int.random(in: 1...9, using: &random)
            )
            let (left, right) = (randomTensor([m, k], seed: seed), randomTensor([k, n], seed: seed + 1))
            let expected = product(left, right, m, n, k)
            let (leftTransposed, rightTransposed) = (transposed(left, m, k), transposed(right, k, n))
            for a in [
                MatrixView(left),
                MatrixView(leftTransposed).transposed,
            ] {
                for b in [
                    MatrixView(right),
                    MatrixView(rightTransposed).transposed,
                ] {
                    let result = Tensor(repeating: 0.5, shape: [m, n])
                    let view = MatrixView(result)
                    multiply(a, b, into: view, beta: 2, parallel: Parallel(threads: threads))
                    for (value, reference) in zip(result.elements, expected) {
                        #expect(abs(value - (reference + 1)) < 1e-5, "\(m) × \(k) × \(n), seed \(seed)")
                    }
                }
            }
        }
    }

    private func product(_ a: Tensor, _ b: Tensor, _ m: Int, _ n: Int, _ k: Int) -> [Float] {
        (0..<m * n).map { index in
            Float(
                (0..<k).reduce(0.0) {
                    $0 + Double(a.pointer[index / n * k + $1]) * Double(b.pointer[$1 * n + index % n])
                })
        }
    }

    private func transposed(_ tensor: Tensor, _ rows: Int, _ columns: Int) -> Tensor {
        Tensor(
            (0..<rows * columns).map { tensor.pointer[$0 % rows * columns + $0 / rows] },
            shape: [columns, rows])
    }
}
