import CKernels
import TestSupport
import Testing

@Suite("Specks of ink")
struct SpecksTests {
    private static let side = 28

    /// The field [28, 28] without specks, by a tier.
    private func cleared(_ field: [Int], most: Int = 6, _ tier: Tier) -> [Int] {
        let stride = Int(DG_FIELD_STRIDE)
        var lines = [Int32](repeating: 0, count: Self.side * stride)
        for index in field.indices {
            lines[index / Self.side * stride + index % Self.side] = Int32(field[index])
        }
        tier.kernels?.pointee.clear_specks(&lines, Int32(most))
        return field.indices.map { Int(lines[$0 / Self.side * stride + $0 % Self.side]) }
    }

    @Test("are cleared as a plain search clears them, from hardly any ink to nearly all, on every tier")
    func random() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<Rounds.count(60, full: 2_000) {
            let share = round * 7 % 100
            let field = (0..<Self.side * Self.side).map { _ in
                Int.random(in: 0..<100, using: &random) < share
                    ? Int.random(in: 1...900, using: &random) : -Int.random(in: 0...900, using: &random)
            }
            let most = Int.random(in: 1...64, using: &random)
            let expected = ReferenceSpecks.cleared(field, most: most)
            for tier in KernelTests.tiers {
                let isEqual = cleared(field, most: most, tier) == expected
                #expect(isEqual, "\(tier.name), seed \(seed), round \(round)")
            }
        }
    }

    @Test("of two equal pieces the first stays, and a field without ink stays as it is")
    func edges() {
        var field = [Int](repeating: -5, count: Self.side * Self.side)
        let tier = KernelTests.tiers[0]
        #expect(cleared(field, tier) == field)
        (field[0], field[27], field[783]) = (3, 4, 9)
        let result = cleared(field, tier)
        #expect(result[0] == 3 && result[27] == -4 && result[783] == -9)
    }
}
