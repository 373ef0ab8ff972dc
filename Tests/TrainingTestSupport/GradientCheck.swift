import NeuralNetwork
import Testing

/// Compares a layer's backward pass with central differences of L = Σ y · r for a fixed random r.
///
/// float32 leaves about three digits of a difference quotient: an entry may be off by 2 % of itself plus 1 % of
/// the largest entry.
package func checkGradients(
    of layer: any Layer, input: Tensor, seed: UInt64, mode: ForwardMode = .training,
    beforeForward: () -> Void = {}, sourceLocation: SourceLocation = #_sourceLocation
) {
    var random = RandomSource(seed: seed &+ 1_000_003)
    beforeForward()
    let output = layer.forward(input, mode)
    let direction = Tensor(uninitialized: output.shape)
    random.fillUniform(direction.pointer, count: direction.count, low: -1, high: 1)
    for parameter in layer.parameters {
        parameter.gradient.pointer.update(repeating: 0, count: parameter.gradient.count)
    }
    let inputGradient = layer.backward(direction, wanted: [.parameters, .input])

    func loss() -> Double {
        beforeForward()
        let output = layer.forward(input, mode)
        return (0..<output.count).reduce(0) {
            $0 + Double(output.pointer[$1]) * Double(direction.pointer[$1])
        }
    }
    for parameter in layer.parameters {
        compare(
            parameter.value, parameter.gradient, name: parameter.name, seed: seed, loss: loss,
            random: &random, sourceLocation: sourceLocation)
    }
    if let inputGradient {
        compare(
            input, inputGradient, name: "input", seed: seed, loss: loss, random: &random,
            sourceLocation: sourceLocation)
    } else {
        Issue.record("no gradient of the input", sourceLocation: sourceLocation)
    }
}

/// From wide to narrow: a wide step drowns rounding, a narrow one does not reach over a kink near by.
private let steps: [Float] = [1e-2, 2.5e-3, 6e-4, 1.5e-4]

private func centralDifference(
    _ value: UnsafeMutablePointer<Float>, step: Float, loss: () -> Double
) -> Float {
    let original = value.pointee
    defer { value.pointee = original }
    value.pointee = original + step
    let above = loss()
    value.pointee = original - step
    return Float((above - loss()) / Double(2 * step))
}

private func compare(
    _ values: Tensor, _ gradient: Tensor, name: String, seed: UInt64, loss: () -> Double,
    random: inout RandomSource, sourceLocation: SourceLocation
) {
    let largest = gradient.elements.map(abs).max() ?? 0
    for _ in 0..<min(24, values.count) {
        let index = Int.random(in: 0..<values.count, using: &random)
        let found = gradient.pointer[index]
        var expected: Float = 0
        var isClose: Bool {
            abs(expected - found) <= 0.02 * abs(expected) + 0.01 * largest + 1e-4
        }
        for step in steps {
            expected = centralDifference(values.pointer + index, step: step, loss: loss)
            if isClose { break }
        }
        #expect(
            isClose,
            "\(name)[\(index)]: backward \(found), differences \(expected), seed \(seed)",
            sourceLocation: sourceLocation)
    }
}

/// A tensor with elements in −1…1.
package func randomTensor(_ shape: [Int], seed: UInt64) -> Tensor {
    var random = RandomSource(seed: seed)
    let tensor = Tensor(uninitialized: shape)
    random.fillUniform(tensor.pointer, count: tensor.count, low: -1, high: 1)
    return tensor
}
