import DigitDataSets
import DigitTraining
import Testing

@testable import DigitEvaluation

@Suite("Modes of stacked digits")
struct ModeCoverageTests {
    @Test("all modes equally often are a thousand modes without divergence")
    func even() {
        let coverage = ModeCoverage(modes: (0..<3_000).map { $0 % 1_000 })
        #expect(coverage.reached == 1_000)
        #expect(abs(coverage.divergence) < 1e-12)
    }

    @Test("one mode alone diverges by ln 1000")
    func one() {
        let coverage = ModeCoverage(modes: [Int](repeating: 417, count: 500))
        #expect(coverage.reached == 1)
        #expect(abs(coverage.divergence - 6.907_755_279) < 1e-9)
    }

    @Test("half of the modes diverge by ln 2")
    func half() {
        let coverage = ModeCoverage(modes: Array(0..<500))
        #expect(coverage.reached == 500)
        #expect(abs(coverage.divergence - 0.693_147_181) < 1e-9)
    }
}

@Suite("Stacked digits")
struct StackedDigitsTests {
    /// Digits whose every pixel tells the label.
    private let digits = DataSet(
        images: (0..<10).flatMap { [UInt8](repeating: UInt8($0 * 25), count: 784) },
        labels: (0..<10).map { UInt8($0) }, digest: "")

    @Test("channels lie beside each other and show the digits that the mode says")
    func channels() {
        let stacked = StackedDigits(digits, count: 50, seed: 1)
        let modes = stacked.modes(classes: digits.labels)
        let batch = stacked.batch(Array(0..<50)[...])
        #expect(batch.shape == [50, 2352] && modes.count == 50)
        for (row, mode) in modes.enumerated() {
            let shown = [mode / 100, mode / 10 % 10, mode % 10].map { Float($0 * 25) / 127.5 - 1 }
            for pixel in [0, 400, 783] {
                let start = row * 2352 + 3 * pixel
                #expect((0..<3).map { batch.pointer[start + $0] } == shown)
            }
        }
    }

    @Test("each channel draws for itself, and another seed draws others")
    func drawsApart() {
        let modes = StackedDigits(digits, count: 2_000, seed: 1).modes(classes: digits.labels)
        #expect(Set(modes).count > 800)
        #expect(modes != StackedDigits(digits, count: 2_000, seed: 2).modes(classes: digits.labels))
    }
}
