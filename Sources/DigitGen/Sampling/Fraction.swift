/// How far something lies on the way from one thing to another: 0 the first, 1 the second, in steps of 1/32768.
///
/// A fixed number of binary places instead of a floating-point value, because what is drawn from it must be the
/// same on every processor.
public struct Fraction: Equatable, Hashable, Sendable {
    /// The fraction times `whole`, 0 ... `whole`.
    package let numerator: Int32
    /// What `numerator` is of 1.
    package static let whole: Int32 = 1 << 15

    /// None of the way.
    public static let none = Fraction(numerator: 0)
    /// All of it.
    public static let full = Fraction(numerator: whole)

    private init(numerator: Int32) {
        self.numerator = numerator
    }

    /// The step nearest to `value`; nil unless it is from 0 to 1.
    public init?(_ value: Double) {
        guard value >= 0, value <= 1 else { return nil }
        numerator = Int32((value * Double(Fraction.whole)).rounded())
    }

    /// Step `step` of the way in `steps` equal ones, rounded down; the whole way where there is none.
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
