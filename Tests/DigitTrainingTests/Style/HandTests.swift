import DigitGen
import DigitModel
import NeuralNetwork
import TestSupport
import Testing

@testable import DigitTraining

@Suite("Hands")
struct HandTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test(
        "the correlation of a hand's digits is the part of the variance that they share",
        arguments: [0, 0.3, 0.9])
    func correlation(shared: Double) {
        var random = SeededRandom(seed: seed)
        // Sums of uniform numbers, and a mean of its own for each digit, which does not count.
        func noise() -> Double { (0..<6).reduce(0) { sum, _ in sum + .random(in: -1...1, using: &random) } }
        let values = (0..<2_000).flatMap { _ in
            let hand = noise()
            return (0..<10).map { digit in
                Double(digit * digit) + shared.squareRoot() * hand + (1 - shared).squareRoot() * noise()
            }
        }
        let found = IntraclassCorrelation.correlation(values, digits: 10)
        #expect(abs(found - shared) < 0.04, "seed \(seed)")
    }

    @Test("hands that do not differ have no correlation")
    func constant() {
        #expect(IntraclassCorrelation.correlation([Double](repeating: 3, count: 40), digits: 10) == 0)
    }

    @Test("a stray is found with which hands are as even as people's")
    func found() {
        let people = IntraclassCorrelation(slant: 0.5, thickness: 0.7, width: 0.3)
        func correlation(_ position: Int32, rest: Int32) -> Double {
            let t = Double(position) / Double(HandStray.whole)
            let square = (1 - t) * (1 - t)
            // Other entries of the latent take something off.
            return square / (square + t * t) * (1 - Double(rest) / Double(HandStray.whole) / 4)
        }
        func measure(_ stray: HandStray) -> IntraclassCorrelation {
            IntraclassCorrelation(
                slant: correlation(stray.slant, rest: stray.thickness),
                thickness: correlation(stray.thickness, rest: stray.rest),
                width: correlation(stray.width, rest: stray.slant))
        }
        let found = measure(NaturalStray(people: people, measure: measure).find())
        #expect(abs(found.slant - people.slant) < 0.02)
        #expect(abs(found.thickness - people.thickness) < 0.02)
        #expect(abs(found.width - people.width) < 0.02)
    }

    @Test("hands without a stray are more alike than those that stray all the way, on any number of threads")
    func drawn() throws {
        // The first random model whose pictures are not all as thick as each other: some give plain ones.
        let plan = try #require(
            (seed..<seed + 50).lazy.map { seed in
                InferencePlan(
                    RandomModel.make(ModelName.cdcgan.architecture, seed: seed),
                    tier: KernelTier.available[0])
            }.first { plan in
                let pixels = plan.pixels(ImageKey.inTurn(0..<20, seed: 1, digits: [3, 8]), threads: 1)
                let measures = StyleMeasures.measure(pixels, count: 20, parallel: Parallel(threads: 1))
                return Set(measures.map(\.thickness)).count > 10
            }, "seed \(seed)")
        func correlation(_ position: Int32, threads: Int = 2) -> IntraclassCorrelation {
            NaturalStray.correlation(
                plan, HandStray(position), classes: [3, 8], parallel: Parallel(threads: threads))
        }
        let (none, whole) = (correlation(0), correlation(HandStray.whole))
        #expect(none.thickness > whole.thickness + 0.1, "seed \(seed)")
        #expect(abs(whole.thickness) < 0.2, "seed \(seed)")
        #expect(correlation(9_000) == correlation(9_000, threads: 1))
    }
}
