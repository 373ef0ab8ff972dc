import DigitGen
import NeuralNetwork
import Testing

@testable import DigitEvaluation

@Suite("Figures of hands and styles")
struct HandMetricsTests {
    @Test("the shipped ink's hands are like people's, never equal, and obey")
    func ink() throws {
        let generator = try DigitGenerator(shipped: "ink")
        let counts = HandMetrics.Counts(hands: 60, numbers: 20, asked: 6)
        let metrics = try #require(HandMetrics(of: generator, counts, parallel: Parallel()))
        #expect((0.35...0.8).contains(metrics.correlation.slant))
        #expect((0.45...0.85).contains(metrics.correlation.thickness))
        #expect(metrics.equalShare == 0)
        #expect(metrics.obedience.map(\.measure) == StyleMeasure.allCases)
        for obedience in metrics.obedience {
            // Ones can only be so narrow that ranks of their widths are mostly chance.
            if obedience.measure != .width { #expect(obedience.rankCorrelation > 0.8, "\(obedience)") }
            #expect(obedience.medianError < (obedience.measure == .slant ? 3 : 0.1), "\(obedience)")
        }
    }

    @Test("generators of pixels have none")
    func pixels() throws {
        #expect(try HandMetrics(of: DigitGenerator(shipped: "cdcgan"), parallel: Parallel()) == nil)
    }

    @Test("rank correlations are those of hand-made examples")
    func ranks() {
        #expect(RankCorrelation.spearman([1, 2, 3, 4], [10, 20, 30, 400]) == 1)
        #expect(RankCorrelation.spearman([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / √(4.5 · 5).
        #expect(abs(RankCorrelation.spearman([1, 2, 2, 4], [1, 2, 3, 4]) - (0.9).squareRoot()) < 1e-12)
        #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == 0)
    }
}
