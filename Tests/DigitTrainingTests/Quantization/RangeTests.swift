import Testing

@testable import DigitTraining

@Suite("Ranges of codes")
struct RangeTests {
    @Test("weights that are multiples of a scale are kept exactly")
    func exactWeights() {
        let weights = [127, -127, 3, 0, -64].map { Float($0) * 0.25 }
        let (scale, codes) = WeightQuantizer(importance: [1, 1, 1, 1, 1]).quantize(weights[...])
        #expect(scale == 0.25 && codes == [127, -127, 3, 0, -64])
    }

    @Test("a weight that hardly matters is clipped for the sake of the others")
    func clipping() {
        var importance = [Float](repeating: 1, count: 40)
        importance[0] = 0
        let weights: [Float] = [1] + (1..<40).map { 0.5 + Float($0) * 0.0013 }
        let (scale, codes) = WeightQuantizer(importance: importance).quantize(weights[...])
        #expect(scale < 1 / 127 && codes[0] == 127)
    }

    @Test("channels of zeros and of tiny or huge weights have normal scales")
    func extremeWeights() {
        for value: Float in [0, 1e-38, 1e30, -1e30] {
            let (scale, codes) = WeightQuantizer(importance: [1, 1]).quantize([value, 0])
            #expect(scale.isNormal && scale > 0 && codes[1] == 0, "\(value)")
        }
    }

    @Test("a range without negative values has zero point 0, and 0 is a code of every range")
    func zeroPoint() {
        #expect(ActivationRange(low: 0, high: 510) == ActivationRange(low: -0, high: 510))
        #expect(ActivationRange(low: 0, high: 510).zeroPoint == 0)
        #expect(ActivationRange(low: 0, high: 510).scale == 2)
        let range = ActivationRange(low: -1, high: 4.1)
        #expect(range.zeroPoint == 50 && range.rounded(0) == 0)
        #expect(ActivationRange(low: 0, high: 0).rounded(3) < 1)
    }

    @Test("a few outliers are clipped, an even spread is not")
    func search() {
        let even = (0...5000).map { Float($0) / 5000 }
        func absoluteError(_ sample: [Float]) -> (Float, Int) -> Float {
            { rounded, index in abs(rounded - sample[index]) }
        }
        #expect(abs(ActivationRange.search(even, error: absoluteError(even)).scale - 1 / 255) < 1e-6)
        let outlier = even + [1.5]
        #expect(ActivationRange.search(outlier, error: absoluteError(outlier)).scale < 1.1 / 255)
        let both = even.map { $0 - 0.3 }
        let range = ActivationRange.search(both, error: absoluteError(both))
        #expect((70...82).contains(range.zeroPoint))
        #expect(ActivationRange.search([], error: absoluteError([])).zeroPoint == 0)
    }

    @Test("the pixel table rises from black to white around its zero point")
    func pixelTable() {
        let range = ActivationRange(low: -4, high: 4)
        let table = PixelTable.pixels(scale: range.scale, zeroPoint: range.zeroPoint)
        #expect(table.count == 256 && table.first == 0 && table.last == 255)
        #expect(zip(table, table.dropFirst()).allSatisfy(<=))
        #expect(table[Int(range.zeroPoint)] == 128)
    }
}
