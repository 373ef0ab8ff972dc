import DigitModel
import TestSupport
import Testing

@Suite("Sources of ink")
struct InkSourceTests {
    private func source(_ codes: [UInt8], digit: UInt8 = 3, _ rule: InkSource.Rule) -> InkSource {
        codes.withUnsafeBufferPointer { InkSource(codes: $0, digit: digit, rule: rule) }
    }

    private func sources(_ count: Int, digit: UInt8 = 3, _ rule: InkSource.Rule) -> [InkSource] {
        var random = SeededRandom(seed: 5)
        return (0..<count).map { _ in
            source((0..<64).map { _ in UInt8.random(in: 90...166, using: &random) }, digit: digit, rule)
        }
    }

    private func mean(_ values: [Int]) -> Double { Double(values.reduce(0, +)) / Double(values.count) }

    @Test("independent sizes are those of the bundles of before, whatever the ink's area and the digit")
    func independent() {
        for (index, source) in sources(200, .independent).enumerated() {
            let size = source.size(area: 0)
            #expect(source.size(area: 6_400) == size && !source.roundsDown && !source.isLowered(size: size))
            #expect((26...56).contains(size), "source \(index)")
        }
        #expect(source([UInt8](repeating: 0, count: 64), .independent).size(area: 9) == 26)
        #expect(source([31] + [UInt8](repeating: 0, count: 63), .independent).size(area: 9) == 56)
    }

    @Test("measured sizes fall as the ink's area grows, and stay in their bounds", arguments: UInt8(0)...9)
    func measured(digit: UInt8) {
        let sources = sources(2_000, digit: digit, .measured)
        let means = [600, 1_000, 1_400, 1_800].map { area in mean(sources.map { $0.size(area: area) }) }
        #expect(zip(means, means.dropFirst()).allSatisfy { $0 > $1 + 1 }, "\(means)")
        for source in sources.prefix(200) {
            #expect(source.roundsDown)
            for area in stride(from: 0, through: 6_400, by: 400) {
                #expect(InkSource.sizes.contains(source.size(area: area)))
            }
        }
        // What MNIST's threes have: 63.06 − 0.1428 · 100.
        if digit == 3 { #expect(abs(mean(sources.map { $0.size(area: 1_600) }) - 48.8) < 1) }
    }

    @Test("a tenth of measured digits ends at 254, and only at the sizes at which MNIST's do")
    func lowered() {
        let sources = sources(4_000, .measured)
        let sizes = sources.map { $0.size(area: 1_760) }
        let lowered = zip(sources, sizes).count { $0.isLowered(size: $1) }
        #expect((200...600).contains(lowered), "\(lowered) of 4,000")
        #expect(sources.allSatisfy { !$0.isLowered(size: 40) && !$0.isLowered(size: 64) })
        #expect(sources.contains { $0.isLowered(size: 51) } && !sources.allSatisfy { $0.isLowered(size: 51) })
    }

    @Test("the area is in sixteenths of a pixel of the box")
    func area() {
        #expect(InkSource.area(count: 56 * 56, side: 56) == 400 * 16)
        #expect(InkSource.area(count: 1, side: 40) == 4)
    }
}
