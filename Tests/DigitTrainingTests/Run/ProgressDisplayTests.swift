import DigitGen
import DigitImaging
import Platform
import Testing

@testable import DigitTraining

@Suite("Progress")
struct ProgressDisplayTests {
    private let report = StepReport(
        generatorLoss: 1.23456, discriminatorLoss: -0.5, realProbability: 0.75, generatedProbability: .nan)
    private let epoch = CurvesFile.Epoch(
        number: 3, generatorLoss: 1, discriminatorLoss: 2, realProbability: 0.5, generatedProbability: 0.25,
        seconds: 12.34)

    private func output(columns: Int?) -> String {
        let text = Locked("")
        let display = ProgressDisplay(
            epochs: 10, stepsPerEpoch: 4, line: StatusLine(takesEscapes: true, reflows: false),
            columns: { columns }, write: { part in text.withLock { $0 += part } })
        display.didStep(epoch: 3, step: 1, report: report)
        display.didStep(epoch: 3, step: 2, report: report)
        display.didFinish(epoch)
        return text.withLock { $0 }
    }

    @Test("elsewhere than on a terminal an epoch is one plain line")
    func lines() {
        #expect(
            output(columns: nil)
                == "epoch 3/10  G_loss 1.000  D_loss 2.000  D(x) 0.50  D(G(z)) 0.25  12.3 s\n")
    }

    @Test("on a terminal a bar is drawn, not at every step, and then replaced by the epoch's line")
    func bar() {
        let text = output(columns: 120)
        let bar = String(repeating: "#", count: 15) + String(repeating: ".", count: 15)
        #expect(text.hasPrefix("epoch 3/10 [\(bar)] 2/4  G_loss 1.235  D_loss -0.500  D(x) 0.75"))
        #expect(!text.contains("] 3/4"))
        #expect(text.contains("\r\u{1B}[Kepoch 3/10  G_loss 1.000") && text.hasSuffix("12.3 s\n"))
    }

    @Test(
        "the bar fits the terminal, and drops figures before it gets too short",
        arguments: [4, 20, 40, 60, 80])
    func width(columns: Int) {
        let line = output(columns: columns).prefix { $0 != "\r" }
        #expect(line.count < columns && !line.isEmpty, "\(line)")
        #expect(
            line.contains("2/4") == (columns >= 20) && line.contains("D_loss") == (columns >= 60), "\(line)")
    }

    @Test("numbers are rounded to their decimals, and what is no number is named")
    func fixedDecimals() {
        #expect(fixed(0.05, digits: 1) == "0.1" && fixed(-0.001, digits: 2) == "0.00")
        #expect(fixed(12.999, digits: 2) == "13.00" && fixed(-1.5, digits: 3) == "-1.500")
        #expect(fixed(.nan, digits: 1) == "nan" && fixed(1e300, digits: 1) == "1e+300")
    }
}
