import DigitGen
import DigitModel

/// The numbers of a request, in the order of `Option`, NaN for one that is not given. They are in the ranges of their
/// types: digitgen.js refuses others.
struct WebOptions {
    /// The numbers. Those of 64 bits come in two halves of 32.
    enum Option: Int, CaseIterable {
        case count, first, seedHigh, seedLow, styleHigh, styleLow, vary, slant, thickness, width
        case morphFrom, morphTo, size
        /// The only image to draw, one of the request's.
        case only
        case height, across, margin, spacing, slope, touch, wander, ink, paper
        /// 0 for false.
        case invert, boxes
    }

    private let numbers: UnsafePointer<Double>

    init(_ numbers: UnsafePointer<Double>) { self.numbers = numbers }

    /// A number as it is.
    func number(_ option: Option) -> Double? {
        let value = numbers[option.rawValue]
        return value.isNaN ? nil : value
    }

    /// A whole number.
    func integer(_ option: Option) -> Int? { number(option).map { Int($0) } }

    func flag(_ option: Option) -> Bool { number(option).map { $0 != 0 } ?? false }

    var seed: UInt64 { whole(.seedHigh, .seedLow) ?? 0 }
    var style: UInt64? { whole(.styleHigh, .styleLow) }
    var vary: Fraction? { number(.vary).flatMap { Fraction($0) } }

    /// Slant, thickness and width, where they are asked for.
    var targets: [StyleTarget] {
        get throws(DigitGeneratorError) {
            var targets: [StyleTarget] = []
            for target in [
                try target(.slant, .slant), try target(.thickness, .thickness), try target(.width, .width),
            ] {
                if let target { targets.append(target) }
            }
            return targets
        }
    }

    private func target(
        _ measure: StyleMeasure, _ option: Option
    ) throws(DigitGeneratorError) -> StyleTarget? {
        guard let value = number(option) else { return nil }
        return try StyleTarget(measure, value)
    }

    private func whole(_ high: Option, _ low: Option) -> UInt64? {
        guard let high = number(high), let low = number(low) else { return nil }
        return UInt64(UInt32(high)) << 32 | UInt64(UInt32(low))
    }
}
