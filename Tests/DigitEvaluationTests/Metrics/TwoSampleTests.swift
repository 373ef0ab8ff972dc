import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Telling digits from real ones")
struct TwoSampleTests {
    private static let real = TinyData(count: 400, seed: 1).images
    private static let others = TinyData(count: 400, seed: 2).images

    private func accuracies(_ digits: [UInt8]) -> TwoSampleTest.Accuracies {
        var test = TwoSampleTest(parallel: Parallel(threads: 2))
        test.training = ClassifierTraining(epochs: 4, batchSize: 32, peakRate: 2e-3, seed: 1)
        return test.accuracies(TwoSampleTests.real, digits)
    }

    @Test("digits of the same kind cannot be told apart")
    func same() {
        let accuracies = accuracies(TwoSampleTests.others)
        #expect(abs(accuracies.gray - 0.5) <= 0.2)
        #expect(abs(accuracies.blackAndWhite - 0.5) <= 0.2)
    }

    @Test("a difference of the highest levels is seen in gray, not in black and white")
    func levels() {
        let accuracies = accuracies(TwoSampleTests.others.map { min($0, 240) })
        #expect(accuracies.gray > 0.9)
        #expect(abs(accuracies.blackAndWhite - 0.5) <= 0.2)
    }

    @Test("a difference of place is seen in gray and in black and white")
    func place() {
        let shifted = TwoSampleTests.others.indices.map { index in
            index >= 28 ? TwoSampleTests.others[index - 28] : 0
        }
        let accuracies = accuracies(shifted)
        #expect(accuracies.gray > 0.9)
        #expect(accuracies.blackAndWhite > 0.9)
    }

    @Test("digits are no longer or shorter than their ink's box", arguments: [19, 20, 21])
    func length(rows: Int) {
        var digit = [UInt8](repeating: 0, count: 784)
        for row in 4..<4 + rows { digit[row * 28 + 9] = 1 }
        #expect(Evaluation.fullLengthShare(digit + digit) == (rows == 20 ? 1 : 0))
    }
}
