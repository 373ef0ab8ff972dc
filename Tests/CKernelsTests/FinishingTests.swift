import CKernels
import DigitGen
import DigitModel
import Testing
import TestSupport

@Suite("Finishing of ink")
struct FinishingTests {
    /// The picture of a field [28, 28] on a tier.
    private func picture(_ field: [Int], _ source: InkSource, _ tier: Tier) -> [UInt8] {
        var lines = [Int32](repeating: 0, count: 28 * Int(DG_FIELD_STRIDE))
        for y in 0..<28 {
            for x in 0..<28 { lines[y * Int(DG_FIELD_STRIDE) + x] = Int32(field[y * 28 + x]) }
        }
        var picture = [UInt8](repeating: 1, count: 784)
        var scan = dg_source(source)
        tier.kernels?.pointee.finish(&lines, &scan, &picture)
        return picture
    }

    private func check(_ field: [Int], _ source: InkSource, _ comment: String) {
        let expected = ReferenceFinishing.picture(of: field, source)
        for tier in KernelTests.tiers {
            #expect(picture(field, source, tier) == expected, "\(tier.name), \(source), \(comment)")
        }
    }

    /// A source of any kind.
    private func source(_ random: inout SeededRandom) -> InkSource {
        guard Bool.random(using: &random) else {
            return InkSource(
                size: Int.random(in: 20...64, using: &random), roundsDown: Bool.random(using: &random),
                lowered: Bool.random(using: &random))
        }
        let codes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
        let digit = UInt8.random(in: 0...9, using: &random)
        return codes.withUnsafeBufferPointer { InkSource(codes: $0, digit: digit, rule: .measured) }
    }

    @Test("the picture of a random field is that of the published description, on every tier")
    func random() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<40 {
            // From mostly paper to mostly ink.
            let bias = Int.random(in: -999_999...600_000, using: &random)
            let field = (0..<784).map { _ in
                min(Int.random(in: -600_000...600_000, using: &random) + bias, (1 << 20) - 1)
            }
            check(
                field.map { max($0, 1 - 1 << 20) }, source(&random),
                "seed \(seed), round \(round)")
        }
    }

    @Test("so is that of strokes of every width and place")
    func strokes() {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        for round in 0..<60 {
            func place() -> Double { Double.random(in: 0...27, using: &random) }
            let (x, y, radius, width) = (place(), place(), place() / 2, 0.4 + place() / 9)
            let field = (0..<784).map { index in
                let (dx, dy) = (Double(index % 28) - x, Double(index / 28) - y)
                return Int((width - abs((dx * dx + dy * dy).squareRoot() - radius)) * 20_000)
            }
            check(field, source(&random), "seed \(seed), round \(round)")
        }
    }

    @Test("so are boxes of every height and width", arguments: 1...28)
    func boxes(height: Int) {
        for width in 1...28 {
            let field = (0..<784).map { $0 / 28 < height && $0 % 28 < width ? 9_000 : -9_000 }
            check(field, InkSource(size: 20 + (height * 28 + width) % 45), "\(height) × \(width)")
        }
    }

    @Test("no ink gives an empty picture, and ink everywhere a full box")
    func extremes() {
        for tier in KernelTests.tiers {
            for size in 20...64 {
                func constant(_ value: Int) -> [UInt8] {
                    picture([Int](repeating: value, count: 784), InkSource(size: size), tier)
                }
                #expect(constant(0).allSatisfy { $0 == 0 })
                // Ink that is lost when the field is rounded.
                #expect(constant(1).allSatisfy { $0 == 0 })
                let full = constant(9_000)
                #expect(full.count { $0 > 245 } == 400 && full.count { $0 == 0 } == 384, "size \(size)")
            }
        }
    }
}
