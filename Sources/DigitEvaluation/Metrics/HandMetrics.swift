import DigitGen
import DigitTraining
import NeuralNetwork

/// How a generator's hands compare with people's, and how well its digits have the style that is asked for.
package struct HandMetrics: Sendable, Equatable {
    /// How alike the digits of a hand are, over hands of all digits.
    package var correlation: IntraclassCorrelation
    /// The part of numbers of three equal digits in which two of the three are equal to the pixel.
    package var equalShare: Double
    /// The agreement of asked and drawn values, for each measure.
    package var obedience: [Obedience]

    /// How well digits obey one measure: the figures of the digit that obeys worst.
    package struct Obedience: Sendable, Equatable {
        package var measure: StyleMeasure
        /// Spearman's rank correlation of asked and drawn.
        package var rankCorrelation: Double
        /// The median of |drawn − asked|: in degrees for the slant, otherwise in parts of what is asked.
        package var medianError: Double
    }

    /// The hands of real people; they have no equal digits.
    static let people = HandMetrics(correlation: .people, equalShare: 0, obedience: [])

    private static let seed: UInt64 = 1

    /// How many digits are drawn for the figures.
    struct Counts {
        var hands = 540
        /// Numbers of three equal digits.
        var numbers = 1_000
        /// Values asked of each measure of each digit.
        var asked = 200
    }

    /// Nil for a generator without hands.
    package init?(of generator: DigitGenerator, parallel: Parallel) {
        self.init(of: generator, Counts(), parallel: parallel)
    }

    init?(of generator: DigitGenerator, _ counts: Counts, parallel: Parallel) {
        guard generator.hasHands, generator.obeysStyle,
            let correlation = Self.correlation(of: generator, counts.hands, parallel: parallel),
            let equalShare = Self.equalShare(of: generator, counts.numbers, parallel: parallel)
        else { return nil }
        self.correlation = correlation
        self.equalShare = equalShare
        obedience = StyleMeasure.allCases.map { measure in
            let digits = generator.classes.compactMap { digit in
                Self.obedience(of: generator, digit, measure, counts.asked, parallel: parallel)
            }
            return Obedience(
                measure: measure, rankCorrelation: digits.map(\.rankCorrelation).min() ?? 0,
                medianError: digits.map(\.medianError).max() ?? 0)
        }
    }

    init(correlation: IntraclassCorrelation, equalShare: Double, obedience: [Obedience]) {
        self.correlation = correlation
        self.equalShare = equalShare
        self.obedience = obedience
    }

    /// The digits of a request, one after the other; nil for one that the generator cannot draw.
    private static func draw(
        _ request: DrawRequest, by generator: DigitGenerator, parallel: Parallel
    ) -> (keys: [ImageKey], pixels: [UInt8])? {
        guard let sequence = try? ImageSequence(request, by: generator) else { return nil }
        let keys = sequence.keys(request.images)
        return (keys, generator.render(keys, threads: parallel.threads))
    }

    private static func correlation(
        of generator: DigitGenerator, _ hands: Int, parallel: Parallel
    ) -> IntraclassCorrelation? {
        let request = DrawRequest(.number(Digits(values: generator.classes)), count: hands, seed: seed)
        guard generator.classes.count > 1,
            let (keys, pixels) = draw(request, by: generator, parallel: parallel)
        else { return nil }
        let measures = StyleMeasures.measure(pixels, count: keys.count, parallel: parallel)
        return IntraclassCorrelation(measures, digits: generator.classes.count)
    }

    private static func equalShare(
        of generator: DigitGenerator, _ numbers: Int, parallel: Parallel
    ) -> Double? {
        guard let digit = generator.classes.last else { return nil }
        let request = DrawRequest(
            .number(Digits(values: [digit, digit, digit])), count: numbers, seed: seed)
        guard let (_, pixels) = draw(request, by: generator, parallel: parallel) else { return nil }
        let size = pixels.count / (3 * numbers)
        let withEqual = (0..<numbers).count { number in
            let digits = (0..<3).map { pixels[(3 * number + $0) * size..<(3 * number + $0 + 1) * size] }
            return digits[0].elementsEqual(digits[1]) || digits[0].elementsEqual(digits[2])
                || digits[1].elementsEqual(digits[2])
        }
        return Double(withEqual) / Double(numbers)
    }

    private static func obedience(
        of generator: DigitGenerator, _ digit: UInt8, _ measure: StyleMeasure, _ asked: Int,
        parallel: Parallel
    ) -> Obedience? {
        guard let range = generator.styleRange(of: digit, measure),
            let target = try? StyleTarget(measure, range.lowerBound, to: range.upperBound),
            let (keys, pixels) = draw(
                DrawRequest(
                    .number(Digits(values: [digit])), count: asked, style: [target], seed: seed),
                by: generator, parallel: parallel)
        else { return nil }
        let wanted = keys.map { Double($0.targets?[measure] ?? 0) }
        let drawn = MeasuredStyle.all(of: pixels).map { Double($0[measure]) }
        let errors = zip(wanted, drawn).map { wanted, drawn in
            measure == .slant ? abs(drawn - wanted) / measure.steps : abs(drawn - wanted) / wanted
        }
        return Obedience(
            measure: measure, rankCorrelation: RankCorrelation.spearman(wanted, drawn),
            medianError: errors.sorted()[errors.count / 2])
    }
}

/// Spearman's rank correlation, equal values having their mean rank.
enum RankCorrelation {
    /// - Parameters: of equal counts; 0 where either does not vary.
    static func spearman(_ first: [Double], _ second: [Double]) -> Double {
        let (x, y) = (ranks(first), ranks(second))
        let mean = Double(x.count - 1) / 2
        var (covariance, xVariance, yVariance) = (0.0, 0.0, 0.0)
        for (a, b) in zip(x, y) {
            covariance += (a - mean) * (b - mean)
            xVariance += (a - mean) * (a - mean)
            yVariance += (b - mean) * (b - mean)
        }
        let product = xVariance * yVariance
        return product > 0 ? covariance / product.squareRoot() : 0
    }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
            start = end
        }
        return ranks
    }
}
