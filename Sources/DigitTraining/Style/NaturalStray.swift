import DigitGen
import DigitModel
import NeuralNetwork

/// Finds the stray with which the digits of a model's hands are as alike as those of people.
///
/// The correlation of each measure falls as its coordinate strays further, so each of the three is found by bisection.
/// They also depend on each other and on the rest of the latent, so that is done in several rounds.
package struct NaturalStray {
    /// Hands that are drawn to measure a stray.
    static let hands = 540
    private static let rounds = 3
    private static let bisections = 7
    /// Of the latent's entries that no measure tells of.
    private static let rest = HandStray.whole * 2 / 5

    let people: IntraclassCorrelation
    private let measure: (HandStray) -> IntraclassCorrelation

    /// - Parameter measure: the correlations with a stray.
    init(people: IntraclassCorrelation = .people, measure: @escaping (HandStray) -> IntraclassCorrelation) {
        self.people = people
        self.measure = measure
    }

    /// The stray of a model that draws in a style.
    ///
    /// - Parameter classes: the digits that it has learnt, at least two.
    package static func find(_ model: QuantizedModel, classes: [UInt8], parallel: Parallel) -> HandStray {
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        return NaturalStray { correlation(plan, $0, classes: classes, parallel: parallel) }.find()
    }

    /// The correlations of hands that a plan draws with a stray.
    package static func correlation(
        _ plan: InferencePlan, _ stray: HandStray, classes: [UInt8], parallel: Parallel
    ) -> IntraclassCorrelation {
        let keys = (0..<hands).flatMap { hand in
            classes.enumerated().map { position, digit in
                let latent = Latent.style(UInt64(hand)).straying(
                    stray, seed: 0x57_4A1, index: UInt64(hand), position: position)
                return ImageKey(latent: latent, label: digit)
            }
        }
        let pixels = plan.pixels(keys, threads: parallel.threads)
        return IntraclassCorrelation(
            StyleMeasures.measure(pixels, count: keys.count, parallel: parallel), digits: classes.count)
    }

    func find() -> HandStray {
        var stray = HandStray(Self.rest)
        for _ in 0..<Self.rounds {
            bisect(&stray, \.slant, \.slant)
            bisect(&stray, \.thickness, \.thickness)
            bisect(&stray, \.width, \.width)
        }
        return stray
    }

    private func bisect(
        _ stray: inout HandStray, _ position: WritableKeyPath<HandStray, Int32>,
        _ correlation: KeyPath<IntraclassCorrelation, Double>
    ) {
        var (low, high) = (Int32(0), HandStray.whole)
        for _ in 0..<Self.bisections {
            let middle = (low + high) / 2
            stray[keyPath: position] = middle
            if measure(stray)[keyPath: correlation] > people[keyPath: correlation] {
                low = middle
            } else {
                high = middle
            }
        }
        stray[keyPath: position] = (low + high) / 2
    }
}
