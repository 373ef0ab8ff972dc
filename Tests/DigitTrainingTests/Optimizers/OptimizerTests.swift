import Testing

@testable import DigitTraining

@Suite("Optimizers")
struct OptimizerTests {
    @Test("Adam's steps are those of its paper, computed in float64")
    func adam() {
        let parameter = Parameter(name: "w", value: Tensor([1, -2, 0.5], shape: [3]))
        let optimizer = Adam(
            [parameter], settings: Adam.Settings(beta1: 0.5, beta2: 0.99), parallel: Parallel(threads: 2))
        var weights = [1.0, -2.0, 0.5]
        var first = [0.0, 0.0, 0.0]
        var second = [0.0, 0.0, 0.0]
        for step in 1...5 {
            for index in 0..<3 {
                let gradient = Double(index + 1) * (step % 2 == 0 ? -0.3 : 0.7)
                parameter.gradient.pointer[index] = Float(gradient)
                first[index] = 0.5 * first[index] + 0.5 * gradient
                second[index] = 0.99 * second[index] + 0.01 * gradient * gradient
                let firstUnbiased = first[index] / (1 - power(0.5, step))
                let secondUnbiased = second[index] / (1 - power(0.99, step))
                weights[index] -= 0.01 * firstUnbiased / (secondUnbiased.squareRoot() + 1e-8)
            }
            optimizer.step(learningRate: 0.01)
        }
        for index in 0..<3 { #expect(abs(Double(parameter.value.pointer[index]) - weights[index]) < 1e-5) }
        #expect(parameter.gradient.elements == [0, 0, 0])
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
