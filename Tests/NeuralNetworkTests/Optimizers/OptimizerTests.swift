import Testing

@testable import NeuralNetwork

@Suite("Optimizers")
struct OptimizerTests {
    @Test("Adam's steps are those of its paper, computed in float64", arguments: [1, 3, 4, 11, 20_003])
    func adam(count: Int) {
        var weights = (0..<count).map { Double($0 % 7) - 2.5 }
        let parameter = Parameter(name: "w", value: Tensor(weights.map(Float.init), shape: [count]))
        let optimizer = Adam(
            [parameter], settings: Adam.Settings(beta1: 0.5, beta2: 0.99), parallel: Parallel(threads: 2))
        var first = [Double](repeating: 0, count: count)
        var second = first
        for step in 1...5 {
            for index in 0..<count {
                let gradient = Double(1 + index % 5) * (step % 2 == 0 ? -0.3 : 0.7)
                parameter.gradient.pointer[index] = Float(gradient)
                first[index] = 0.5 * first[index] + 0.5 * gradient
                second[index] = 0.99 * second[index] + 0.01 * gradient * gradient
                let firstUnbiased = first[index] / (1 - power(0.5, step))
                let secondUnbiased = second[index] / (1 - power(0.99, step))
                weights[index] -= 0.01 * firstUnbiased / (secondUnbiased.squareRoot() + 1e-8)
            }
            optimizer.step(learningRate: 0.01)
        }
        let differences = zip(parameter.value.elements, weights).map { abs(Double($0) - $1) }
        #expect(differences.allSatisfy { $0 < 1e-5 })
        #expect(parameter.gradient.elements.allSatisfy { $0 == 0 })
    }

    @Test("a moving average starts at the weights, follows them, and is exchanged without loss")
    func average() {
        let parameter = Parameter(name: "w", value: Tensor([2], shape: [1]))
        let average = ExponentialMovingAverage(of: [parameter], decay: 0.5, parallel: Parallel(threads: 1))
        parameter.value.pointer[0] = 4
        for _ in 0..<100 { average.update() }
        #expect(abs(average.averages[0].pointer[0] - 4) < 1e-5)
        parameter.value.pointer[0] = 6
        average.exchange()
        #expect(parameter.value.pointer[0] < 4.1)
        average.exchange()
        #expect(parameter.value.pointer[0] == 6)
    }

    @Test("the cosine schedule holds its peak, then falls to its end")
    func schedule() {
        let schedule = LearningRateSchedule.cosine(peak: 1, end: 0.1, hold: 0.5)
        #expect(schedule.rate(at: 0) == 1)
        #expect(schedule.rate(at: 0.5) == 1)
        #expect(abs(schedule.rate(at: 0.75) - 0.55) < 1e-6)
        #expect(abs(schedule.rate(at: 1) - 0.1) < 1e-6)
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
