import DigitDataSets
import DigitTraining
import NeuralNetwork
import Testing

@testable import DigitEvaluation

extension ModeCoverage {
    /// Of points, nil for one of no mode.
    init(modes: [Int?], count: Int) {
        self.init(modes.map(ModeSample.init(point:)), count: count)
    }
}

@Suite("Modes of stacked digits")
struct ModeCoverageTests {
    @Test("all modes equally often are a thousand modes without divergence")
    func even() {
        let coverage = ModeCoverage(modes: (0..<3_000).map { $0 % 1_000 }, count: 1_000)
        #expect(coverage.reached == 1_000 && coverage.goodShare == 1)
        #expect(abs(coverage.reverseDivergence ?? 1) < 1e-12)
        #expect(abs(coverage.divergence) < 1e-12)
    }

    @Test("one mode alone diverges by ln 1000")
    func one() {
        let coverage = ModeCoverage(modes: [Int](repeating: 417, count: 500), count: 1_000)
        #expect(coverage.reverseDivergence == nil)
        #expect(coverage.reached == 1)
        #expect(abs(coverage.divergence - 6.907_755_279) < 1e-9)
    }

    @Test("half of the modes diverge by ln 2")
    func half() {
        let coverage = ModeCoverage(modes: Array(0..<500), count: 1_000)
        #expect(coverage.reached == 500)
        #expect(abs(coverage.divergence - 0.693_147_181) < 1e-9)
    }

    @Test("samples of no mode count against the share of good ones alone")
    func none() {
        let coverage = ModeCoverage(modes: [0, nil, 1, nil], count: 2)
        #expect(coverage.reached == 2 && coverage.divergence == 0 && coverage.goodShare == 0.5)
        let lost = ModeCoverage(modes: [nil, nil], count: 4)
        #expect(lost.reached == 0 && lost.goodShare == 0 && abs(lost.divergence - 1.386_294_361) < 1e-9)
    }

    @Test("an image is good if each of its digits looks real, and counts in any case")
    func good() {
        func image(_ looksReal: Bool...) -> ModeSample {
            ModeSample(digits: looksReal.map { DigitVerdict(digit: 4, looksReal: $0) })
        }
        #expect(image(true, true, true).isGood && !image(true, true, false).isGood)
        #expect(image(false, true, false).mode == 444 && image(true).mode == 4)
        let coverage = ModeCoverage([image(true, true, true), image(true, false, true)], count: 1_000)
        #expect(coverage.reached == 1 && coverage.goodShare == 0.5)
    }

    @Test("uneven shares diverge differently in both directions")
    func uneven() {
        let coverage = ModeCoverage(modes: [0, 0, 0, 1], count: 2)
        #expect(abs(coverage.divergence - 0.130_812_036) < 1e-8)
        #expect(abs((coverage.reverseDivergence ?? 0) - 0.143_841_036) < 1e-8)
    }
}

@Suite("Gaussian mixtures")
struct GaussianMixtureTests {
    @Test("real points are of all modes, and within three deviations but for one in ninety")
    func real() {
        for (mixture, count) in [(GaussianMixture.ring, 8), (.grid, 25)] {
            var random = RandomSource(seed: 3)
            let coverage = ModeCoverage(
                modes: mixture.modes(mixture.draw(10_000, random: &random)), count: count)
            #expect(coverage.reached == count && coverage.divergence < 0.005)
            #expect(abs(coverage.goodShare - 0.989) < 0.004)
        }
    }

    @Test("a point counts for its nearest mode, up to three deviations away")
    func nearest() {
        let mixture = GaussianMixture.grid
        let points = Tensor([-1, -1, 1 + 0.037, 1, 1 + 0.038, 1, 0.25, 0.25], shape: [4, 2])
        #expect(mixture.modes(points) == [0, 24, nil, nil])
    }
}

@Suite("Stacked digits")
struct StackedDigitsTests {
    /// Digits whose every pixel tells the label.
    private let digits = DataSet(
        images: (0..<10).flatMap { [UInt8](repeating: UInt8($0 * 25), count: 784) },
        labels: (0..<10).map { UInt8($0) }, digest: "")

    private func modes(_ stacked: StackedDigits) -> [Int] {
        stacked.samples(digits.labels.map { DigitVerdict(digit: $0, looksReal: true) }).compactMap(\.mode)
    }

    @Test("channels lie beside each other and show the digits that the mode says")
    func channels() {
        let stacked = StackedDigits(digits, count: 50, seed: 1)
        let modes = modes(stacked)
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
        let first = modes(StackedDigits(digits, count: 2_000, seed: 1))
        #expect(Set(first).count > 800)
        #expect(first != modes(StackedDigits(digits, count: 2_000, seed: 2)))
    }
}
