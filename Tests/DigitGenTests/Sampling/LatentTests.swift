import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("Latents and shares")
struct LatentTests {
    @Test("a fraction is the nearest of its steps, and nothing outside 0 to 1")
    func shares() {
        #expect(Fraction(0) == Fraction.none && Fraction(1) == .full)
        #expect(Fraction(0.5)?.numerator == 16_384)
        #expect(Fraction(1e-9) == Fraction.none)
        for value in [-0.1, 1.0001, .nan, .infinity, -.infinity] { #expect(Fraction(value) == nil) }
    }

    @Test("equal steps begin at none and end at all of the way, whatever their number")
    func steps() {
        for steps in [1, 2, 11, 1000, Int.max] {
            #expect(Fraction(step: 0, of: steps) == .none)
            #expect(Fraction(step: steps, of: steps) == .full)
        }
        #expect(Fraction(step: 1, of: 2).value == 0.5)
        #expect(Fraction(step: .max / 2, of: .max).numerator == 16_383)
        #expect(Fraction(step: -1, of: 5) == .none && Fraction(step: 9, of: 5) == .full)
        #expect(Fraction(step: 0, of: 0) == .none && Fraction(step: 3, of: 0) == .full)
    }

    @Test("styles have streams of their own, none of which a seed draws")
    func streams() {
        let style = codes(.style(7))
        #expect(style == codes(.style(7)))
        #expect(style != codes(.style(8)))
        for index: UInt64 in 0..<50 { #expect(style != codes(.sample(seed: 7, index: index))) }
    }

    @Test("the ends of the way between two latents are these latents")
    func ends() {
        let (first, last) = (Latent.style(1), Latent.sample(seed: 4, index: 9))
        func point(_ fraction: Fraction) -> Latent {
            Latent(from: first.start, to: last.start, fraction: fraction)
        }
        #expect(codes(point(.none)) == codes(first))
        #expect(codes(point(.full)) == codes(last))
    }

    @Test("between them lies what the formula says, to the nearest code")
    func formula() throws {
        var random = SeededRandom(seed: 71)
        for _ in 0..<200 {
            let first = Latent.style(random.next())
            let last = Latent.sample(seed: random.next(), index: random.next())
            let fraction = try #require(Fraction(Double.random(in: 0...1, using: &random)))
            let t = fraction.value
            let norm = ((1 - t) * (1 - t) + t * t).squareRoot()
            let mixed = codes(Latent(from: first.start, to: last.start, fraction: fraction))
            for (code, (a, b)) in zip(mixed, zip(codes(first), codes(last))) {
                let exact = ((1 - t) * (Double(a) - 128) + t * (Double(b) - 128)) / norm
                let clamped = min(max(exact, -127), 127)
                // The integer square root is at most 1/23000 too small.
                #expect(abs(Double(code) - 128 - clamped) <= 0.51, "seed 71")
            }
        }
    }

    @Test("diverse codes are up to twice as far from the middle, by a share that all digits of a hand have")
    func diverse() {
        func codes(hand: UInt64, position: Int, isDiverse: Bool) -> [Int] {
            var latent = Latent.style(hand).straying(
                HandStray(9_000), seed: 1, index: 2, position: position)
            latent.isDiverse = isDiverse
            return [UInt8](unsafeUninitializedCapacity: 64) { codes, count in
                count = 64
                LatentSampler().fill(UnsafeMutableBufferPointer(rebasing: codes[..<64]), with: latent)
            }.map { Int($0) - 128 }
        }
        var shares: Set<Int> = []
        for hand in UInt64(0)..<20 {
            // The factors in 256ths that explain all codes of two digits.
            let factors = (256..<512).filter { factor in
                (0..<2).allSatisfy { position in
                    let plain = codes(hand: hand, position: position, isDiverse: false)
                    return codes(hand: hand, position: position, isDiverse: true)
                        == plain.map { min(max($0 * factor / 256, -127), 127) }
                }
            }
            #expect(!factors.isEmpty)
            shares.formUnion(factors.prefix(1))
        }
        #expect(shares.count > 10)
    }

    @Test("with even forms, a diverse digit keeps its hand's style and is near a form of its own digit")
    func forms() {
        let forms = EvenForms([[11], [22]], digits: [0, 1])
        let (plain, even) = (LatentSampler(), LatentSampler(forms: forms))
        func codes(_ sampler: LatentSampler, _ latent: Latent, label: UInt8) -> [Double] {
            [UInt8](unsafeUninitializedCapacity: 64) { codes, count in
                count = 64
                sampler.fill(UnsafeMutableBufferPointer(rebasing: codes[..<64]), with: latent, label: label)
            }.map { Double($0) - 128 }
        }
        func similarity(_ first: [Double], _ second: [Double]) -> Double {
            func product(_ a: [Double], _ b: [Double]) -> Double {
                zip(a, b).dropFirst(3).reduce(0) { $0 + $1.0 * $1.1 }
            }
            return product(first, second)
                / (product(first, first) * product(second, second)).squareRoot()
        }
        for hand in UInt64(0)..<20 {
            var latent = Latent.style(hand).straying(HandStray(9_000), seed: 1, index: hand, position: 0)
            #expect(codes(even, latent, label: 1) == codes(plain, latent, label: 1))
            latent.isDiverse = true
            var steady = latent
            steady.stray?.extent = HandStray(0)
            let steadyCodes = (0..<2).map { position -> [Double] in
                steady.stray?.target.position = UInt32(position)
                return codes(even, steady, label: 0)
            }
            #expect(steadyCodes[0] == steadyCodes[1])
            let digits = (0..<2).map { codes(even, latent, label: $0) }
            for (digit, form) in zip(digits, [11, 22]) {
                #expect(digit.prefix(3) == codes(plain, latent, label: 0).prefix(3))
                #expect(similarity(digit, codes(plain, .form(form), label: 0)) > 0.8)
                #expect(similarity(digit, codes(plain, .form(33 - form), label: 0)) < 0.6)
            }
        }
    }

    @Test("latents on the way have the spread of latents")
    func spread() {
        let count = 4096
        for step in 0...8 {
            let fraction = Fraction(step: step, of: 8)
            let mixed = codes(
                Latent(from: Latent.style(1).start, to: Latent.style(2).start, fraction: fraction),
                count: count)
            let variance =
                mixed.reduce(0.0) { $0 + (Double($1) - 128) * (Double($1) - 128) } / Double(count) / (44 * 44)
            #expect(abs(variance - 1) < 0.1, "at \(fraction.value)")
        }
    }

    private func codes(_ latent: Latent, count: Int = 100) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            LatentSampler().fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), with: latent)
            initialized = count
        }
    }
}
