import Testing

@testable import NeuralNetwork

@Suite("Dropout")
struct DropoutTests {
    /// Not a multiple of four, and more than elements share a random source.
    private let count = 20_003

    @Test("drops its share of the elements and scales up the rest")
    func share() {
        let output = run(threads: 1)
        let dropped = output.filter { $0 == 0 }.count
        #expect(output.allSatisfy { $0 == 0 || $0 == 2 / 0.7 })
        #expect(abs(Double(dropped) / Double(count) - 0.3) < 0.015, "\(dropped) of \(count)")
    }

    @Test("draws the same mask whatever the number of threads, and another one the next time")
    func threads() {
        #expect(run(threads: 1) == run(threads: 3))
        #expect(run(threads: 1) != run(threads: 1, passes: 2))
    }

    @Test("leaves inference alone")
    func inference() {
        var random = RandomSource(seed: 3)
        let layer = Dropout(rate: 0.3, random: &random, parallel: Parallel(threads: 1))
        let input = Tensor([1, -2, 3], shape: [1, 3])
        #expect(layer.forward(input, .inference).elements == input.elements)
    }

    @Test("restarted with a seed it draws the same masks again, with another rate more or fewer zeros")
    func restarts() {
        var random = RandomSource(seed: 3)
        let layer = Dropout(rate: 0.3, random: &random, parallel: Parallel(threads: 1))
        let input = Tensor(repeating: 2, shape: [1, count])
        let outputs = [Float(0.3), 0.3, 0.5].map { rate in
            layer.restart(rate: rate, seed: 8)
            return layer.forward(input, .training).elements
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[2].allSatisfy { $0 == 0 || $0 == 4 })
        let dropped = outputs[2].filter { $0 == 0 }.count
        #expect(abs(Double(dropped) / Double(count) - 0.5) < 0.015, "\(dropped) of \(count)")
    }

    @Test("a schedule steps to its last rate once its first part is over")
    func schedule() {
        let step = DropoutSchedule.step(first: 0.3, last: 0.5, hold: 0.9)
        #expect([0, 89, 90, 99].map { step.rate(at: Float($0) / 100) } == [0.3, 0.3, 0.5, 0.5])
        #expect([0, 0.5, 1].allSatisfy { DropoutSchedule.constant(0.3).rate(at: $0) == 0.3 })
        #expect([0, 0.5, 1].allSatisfy { DropoutSchedule.none.rate(at: $0) == 0 })
    }

    /// What is left of twos in the last of some passes.
    private func run(threads: Int, passes: Int = 1) -> [Float] {
        var random = RandomSource(seed: 3)
        let layer = Dropout(rate: 0.3, random: &random, parallel: Parallel(threads: threads))
        let input = Tensor(repeating: 2, shape: [1, count])
        return (0..<passes).map { _ in layer.forward(input, .training).elements }[passes - 1]
    }
}
