import NeuralNetwork
import Testing
import DigitModel

@testable import DigitTraining

/// The definitions of `GeneratorLayer.Operation`, one multiplication after the other.
private func naive(_ layer: GeneratorLayer, _ input: [Float], _ weights: [Float]) -> [Double] {
    var output = [Double](repeating: 0, count: layer.output.count)
    let (inputs, outputs) = (layer.input, layer.output)
    switch layer.operation {
    case .dense:
        for o in 0..<outputs.count {
            for i in 0..<inputs.count {
                output[o] += Double(input[i]) * Double(weights[o * inputs.count + i])
            }
        }
    case .convolution(let kernel, let stride), .transposedConvolution(let kernel, let stride):
        let isTransposed = layer.operation == .transposedConvolution(kernel: kernel, stride: stride)
        let (small, large) = isTransposed ? (inputs, outputs) : (outputs, inputs)
        let padding = max(kernel - stride, 0) / 2
        for y in 0..<small.height {
            for x in 0..<small.width {
                for ky in 0..<kernel {
                    for kx in 0..<kernel {
                        let (v, u) = (y * stride - padding + ky, x * stride - padding + kx)
                        guard (0..<large.height).contains(v), (0..<large.width).contains(u) else { continue }
                        let (s, l) = (y * small.width + x, v * large.width + u)
                        let (from, to) = isTransposed ? (s, l) : (l, s)
                        for o in 0..<outputs.channels {
                            for i in 0..<inputs.channels {
                                let weight = weights[((o * kernel + ky) * kernel + kx) * inputs.channels + i]
                                output[to * outputs.channels + o] +=
                                    Double(input[from * inputs.channels + i]) * Double(weight)
                            }
                        }
                    }
                }
            }
        }
    }
    return output
}

@Suite("Linear operation")
struct LinearOperationTests {
    @Test("dense, convolved and transposed products are those of the definitions", arguments: 0..<12)
    func matchesDefinition(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let layer = randomLayer(&random)
        let batch = Int.random(in: 1...3, using: &random)
        let input = numbers(batch * layer.input.count, &random)
        let weights = numbers(layer.weightCount, &random)
        let output = LinearOperation(layer: layer, parallel: Parallel(threads: 2))(
            Tensor(input, shape: [batch, layer.input.count]), weights: weights
        ).elements
        for image in 0..<batch {
            let row = Array(input[image * layer.input.count..<(image + 1) * layer.input.count])
            for (index, expected) in naive(layer, row, weights).enumerated() {
                let found = Double(output[image * layer.output.count + index])
                #expect(abs(found - expected) < 1e-3, "seed \(seed), image \(image), element \(index)")
            }
        }
    }

    private func randomLayer(_ random: inout RandomSource) -> GeneratorLayer {
        let (inputs, outputs) = (Int.random(in: 1...5, using: &random), Int.random(in: 1...5, using: &random))
        let side = 2 * Int.random(in: 1...4, using: &random)
        let input = Volume(height: side, width: side, channels: inputs)
        let stride = Int.random(in: 1...2, using: &random)
        let kernel = Int.random(in: stride...5, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            let output = Volume(height: 1, width: side, channels: outputs)
            return GeneratorLayer(operation: .dense, input: input, output: output, activation: .relu)
        case 1:
            return GeneratorLayer(
                operation: .convolution(kernel: kernel, stride: stride), input: input,
                output: Volume(height: side / stride, width: side / stride, channels: outputs),
                activation: .relu)
        default:
            return GeneratorLayer(
                operation: .transposedConvolution(kernel: kernel, stride: stride), input: input,
                output: Volume(height: side * stride, width: side * stride, channels: outputs),
                activation: .relu)
        }
    }

    private func numbers(_ count: Int, _ random: inout RandomSource) -> [Float] {
        (0..<count).map { _ in 2 * random.uniform() - 1 }
    }
}
