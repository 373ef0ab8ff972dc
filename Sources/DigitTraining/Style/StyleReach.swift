import DigitGen
import DigitModel
import NeuralNetwork

/// Finds the styles that a model can draw each digit in: hands are drawn with each coordinate at its least and at its
/// greatest.
package enum StyleReach {
    /// Hands of each digit.
    private static let hands = 100
    /// The part of the hands that must reach each end.
    private static let share = 0.9

    /// - Parameter classes: the digits that the model has learnt.
    package static func find(_ model: QuantizedModel, classes: [UInt8], parallel: Parallel) -> StyleRanges {
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        return StyleRanges(
            classes.map { digit in
                StyleMeasure.allCases.map { measure in
                    let least = values(plan, digit, measure, .least, parallel: parallel).sorted()
                    let greatest = values(plan, digit, measure, .greatest, parallel: parallel).sorted()
                    let low = least[Int(Double(hands) * share)]
                    let high = greatest[Int(Double(hands) * (1 - share))]
                    return min(low, high)...max(low, high)
                }
            })
    }

    private static func values(
        _ plan: InferencePlan, _ digit: UInt8, _ measure: StyleMeasure, _ end: StyleEnd, parallel: Parallel
    ) -> [Int32] {
        let keys = (0..<hands).map { hand in
            ImageKey(latent: .style(UInt64(hand)), label: digit).at(end, of: measure)
        }
        return MeasuredStyle.all(of: plan.pixels(keys, threads: parallel.threads)).map { $0[measure] }
    }
}
