import Testing

@testable import NeuralNetwork

@Suite("Minibatch standard deviation")
struct MinibatchDeviationTests {
    @Test("the mean deviation stands beside the channels of every position")
    func forward() {
        // Deviations 1, 2, 3 and 0 over the batch of two.
        let input = Tensor([0, 0, 0, 5, 2, 4, 6, 5], shape: [2, 2, 2])
        let output = MinibatchDeviation(channels: 2).forward(input, .inference)
        #expect(output.shape == [2, 2, 3])
        let rows = (0..<4).map { Array(output.elements[3 * $0..<3 * $0 + 3]) }
        #expect(rows.map { [$0[0], $0[1]] } == [[0, 0], [0, 5], [2, 4], [6, 5]])
        #expect(rows.allSatisfy { abs($0[2] - 1.5) < 1e-3 })
    }

    @Test("equal images have deviation 0 and a finite gradient")
    func collapsed() {
        let layer = MinibatchDeviation(channels: 3)
        let output = layer.forward(Tensor(repeating: 0.5, shape: [4, 3]), .training)
        #expect(abs(output.pointer[3]) < 1e-3)
        let gradient = layer.backward(Tensor(repeating: 1, shape: output.shape), wanted: .input)
        #expect(gradient?.shape == [4, 3])
        #expect(gradient?.elements.allSatisfy { $0.isFinite } == true)
    }
}
