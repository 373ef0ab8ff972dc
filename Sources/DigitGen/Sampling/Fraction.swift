/// A fraction from 0 to 1 in steps of 1/32768: a position between two latents, or two digits.
///
/// Fixed-point rather than floating-point, so that what is drawn is the same on every processor.
public struct Fraction: Equatable, Hashable, Sendable {
    /// The fraction times `whole`, 0 ... `whole`.
    package let numerator: Int32
    /// The denominator.
    package static let whole: Int32 = 1 << 15

    /// 0.
    public static let none = Fraction(numerator: 0)
    /// 1.
    public static let full = Fraction(numerator: whole)

    private init(numerator: Int32) {
        self.numerator = numerator
    }

    /// The step nearest to `value`; nil unless it is from 0 to 1.
    public init?(_ value: Double) {
        guard value >= 0, value <= 1 else { return nil }
        numerator = Int32((value * Double(Fraction.whole)).rounded())
    }

    /// `step` / `steps`, rounded down; `full` where there are no steps.
    ///
    /// - Parameters:
    ///   - step: 0 ... `steps`; others are taken as the nearest of these.
    ///   - steps: at least 0.
    package init(step: Int, of steps: Int) {
        guard steps > 0 else {
            self = step > 0 ? .full : .none
            return
        }
        let product = min(max(step, 0), steps).multipliedFullWidth(by: Int(Fraction.whole))
        numerator = Int32(steps.dividingFullWidth(product).quotient)
    }

    /// The fraction as a number.
    public var value: Double { Double(numerator) / Double(Fraction.whole) }
}
