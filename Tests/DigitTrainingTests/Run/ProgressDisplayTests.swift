import DigitGen
import Testing

@testable import DigitTraining

@Suite("Progress")
struct ProgressDisplayTests {
    private let report = StepReport(
        generatorLoss: 1.23456, discriminatorLoss: -0.5, realProbability: 0.75, generatedProbability: .nan)
    private let epoch = CurvesFile.Epoch(
        number: 3, generatorLoss: 1, discriminatorLoss: 2, realProbability: 0.5, generatedProbability: 0.25,
        seconds: 12.34)

    private func output(isTerminal: Bool) -> String {
        let text = Locked("")
        let display = ProgressDisplay(epochs: 10, stepsPerEpoch: 4, isTerminal: isTerminal) { part in
            text.withLock { $0 += part }
        }
        display.didStep(epoch: 3, step: 1, report: report)
        display.didStep(epoch: 3, step: 2, report: report)
        display.didFinish(epoch)
        return text.withLock { $0 }
    }

    @Test("elsewhere than on a terminal an epoch is one plain line")
    func lines() {
        #expect(
            output(isTerminal: false)
                == "epoch 3/10  G_loss 1.000  D_loss 2.000  D(x) 0.50  D(G(z)) 0.25  12.3 s\n")
    }

    @Test("on a terminal a bar is drawn, not at every step, and then replaced by the epoch's line")
    func bar() {
        let text = output(isTerminal: true)
        #expect(text.contains("\repoch 3/10 [############------------] 2/4  G_loss 1.235  D_loss -0.500"))
        #expect(!text.contains("] 3/4"))
        #expect(text.hasSuffix("12.3 s\n"))
    }

    @Test("numbers are rounded to their decimals, and what is no number is named")
    func fixedDecimals() {
        #expect(fixed(0.05, digits: 1) == "0.1" && fixed(-0.001, digits: 2) == "0.00")
        #expect(fixed(12.999, digits: 2) == "13.00" && fixed(-1.5, digits: 3) == "-1.500")
        #expect(fixed(.nan, digits: 1) == "nan" && fixed(1e300, digits: 1) == "1e+300")
    }
}
