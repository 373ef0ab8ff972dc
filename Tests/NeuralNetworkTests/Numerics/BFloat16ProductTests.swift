import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite(
    "Matrix products in bfloat16",
    .enabled(if: Precision.bfloat16.isAvailable, "this processor has no AVX512_BF16"))
struct BFloat16ProductTests {
    /// A matrix in the middle of a tensor whose rows are longer, stored as it is or as its transpose.
    private struct Operand {
        let tensor: Tensor
        let view: MatrixView
        let rounded: (_ row: Int, _ column: Int) -> Double

        init(rows: Int, columns: Int, isTransposed: Bool, random: inout RandomSource) {
            let (lines, length) = isTransposed ? (columns, rows) : (rows, columns)
            let (offset, stride) = (
                Int.random(in: 0...3, using: &random), length + Int.random(in: 0...3, using: &random)
            )
            let tensor = randomTensor([1, offset + lines * stride], seed: random.next())
            let view = MatrixView(tensor, from: offset, rows: lines, columns: length, stride: stride)
            self.tensor = tensor
            self.view = isTransposed ? view.transposed : view
            rounded = { row, column in
                let (line, place) = isTransposed ? (column, row) : (row, column)
                return Double(roundedToBFloat16(tensor.pointer[offset + line * stride + place]))
            }
        }
    }

    @Test(
        "every combination of transposes agrees with the sum of products of rounded numbers",
        arguments: [false, true], [false, true])
    func agreesWithDefinition(leftIsTransposed: Bool, rightIsTransposed: Bool) {
        let seed = UInt64.random(in: 0..<1_000_000)
        var random = RandomSource(seed: seed)
        // The last ones are longer than a block in one direction each: see gemm_12x32c2_avx512bf16.c.
        let sizes = [40, 40, 40, 40, 40, 40].map { limit in
            (0..<3).map { _ in Int.random(in: 1...limit, using: &random) }
        }
        for size in sizes + [[151, 3, 5], [2, 771, 3], [3, 5, 643]] {
            let (m, n, k) = (size[0], size[1], size[2])
            let a = Operand(rows: m, columns: k, isTransposed: leftIsTransposed, random: &random)
            let b = Operand(rows: k, columns: n, isTransposed: rightIsTransposed, random: &random)
            for beta: Float in [0, 1, -0.5] {
                // A guard column, which must stay as it is; with beta 0 what was there is not read.
                let before: Float = beta == 0 ? .nan : 0.75
                let result = Tensor(repeating: before, shape: [m, n + 1])
                multiply(
                    a.view, b.view, into: MatrixView(result, rows: m, columns: n, stride: n + 1), beta: beta,
                    precision: .bfloat16)
                for row in 0..<m {
                    for column in 0..<n {
                        var (sum, scale) = (beta == 0 ? 0 : Double(beta * before), 1.0)
                        for index in 0..<k {
                            let term = a.rounded(row, index) * b.rounded(index, column)
                            sum += term
                            scale += abs(term)
                        }
                        let value = Double(result.pointer[row * (n + 1) + column])
                        #expect(
                            abs(value - sum) < 1e-6 * scale, "\(m) × \(k) × \(n) beta \(beta), seed \(seed)")
                    }
                    let guardValue = result.pointer[row * (n + 1) + n]
                    #expect(guardValue.bitPattern == before.bitPattern, "\(m) × \(k) × \(n), seed \(seed)")
                }
            }
        }
    }

    @Test("numbers are rounded to nearest, ties to even")
    func rounding() {
        // One unit of bfloat16 after 1 is 2⁻⁷.
        let values: [Float] = [
            1 + 0x1p-8, 1 + 0x3p-8, 1 + 0x1.01p-8, -1 - 0x1p-8, 0x1.FFp127, 0x1p-126,
        ]
        let one = Tensor([1], shape: [1, 1])
        let result = Tensor(uninitialized: [values.count, 1])
        multiply(
            MatrixView(Tensor(values, shape: [values.count, 1])), MatrixView(one), into: MatrixView(result),
            precision: .bfloat16)
        #expect(result.elements == [1, 1 + 0x1p-6, 1 + 0x1p-7, -1, .infinity, 0x1p-126])
        #expect(result.elements == values.map(roundedToBFloat16))
    }

    @Test(
        "layers give the same up to rounding in both precisions, with any number of threads",
        arguments: [1, 3])
    func layers(threads: Int) {
        func output(_ parallel: Parallel) -> (output: Tensor, gradient: Tensor, weightGradient: Tensor) {
            var random = RandomSource(seed: 3)
            let layer = Convolution(
                name: "convolution", inputHeight: 7, inputWidth: 7, inputChannels: 32, outputChannels: 16,
                kernel: 3, stride: 1, initialization: .heNormal, random: &random, parallel: parallel)
            let input = randomTensor([4, 7, 7, 32], seed: 1)
            let output = layer.forward(input, .training)
            let gradient = layer.backward(randomTensor(output.shape, seed: 2), wanted: [.input, .parameters])
            return (output, gradient ?? output, layer.linear.weight.gradient)
        }
        let exact = output(Parallel(threads: threads))
        let rough = output(Parallel(threads: threads, precision: .bfloat16))
        for (expected, found) in [
            (exact.output, rough.output), (exact.gradient, rough.gradient),
            (exact.weightGradient, rough.weightGradient),
        ] {
            let norm = { (values: [Float]) in values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
            let difference =
                norm(zip(expected.elements, found.elements).map { $0 - $1 }) / norm(expected.elements)
            // Each factor is off by up to 2⁻⁸ of itself; zero would mean that the precision is not used.
            #expect(difference < 0x1p-8 && difference > 0)
        }
    }
}

/// The nearest number with 8 significant bits; of two, the even one. For normal numbers.
private func roundedToBFloat16(_ value: Float) -> Float {
    let bits = value.bitPattern
    return Float(bitPattern: (bits + 0x7FFF + (bits >> 16) & 1) & 0xFFFF_0000)
}
