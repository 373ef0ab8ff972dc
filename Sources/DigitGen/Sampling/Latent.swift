import DigitModel

/// A point of the latent space; it determines the handwriting, and nothing of the digit.
package struct Latent: Equatable, Sendable {
    /// A random latent, named by its place in the random streams.
    package struct Origin: Equatable, Sendable {
        /// The independent random streams.
        package enum Stream: UInt32, Sendable {
            /// Image after image under a seed.
            case samples = 0
            /// Handwritings with a number.
            case styles = 1
            /// Where digits stray from their hand.
            case strays = 2
            /// Values of a style that is asked for as a range.
            case targets = 3
            /// The order of shuffled labels; no latents.
            case labels = 4
            /// How far diverse hands are from the mean; no latents.
            case spreads = 5
            /// The candidates for even forms; see `EvenForms`.
            case forms = 6
            /// Which form a diverse digit has; no latents.
            case formChoices = 7
        }

        package var stream: Stream
        /// The seed, or the number of the style.
        package var seed: UInt64
        /// The index among the seed's latents; 0 for a style.
        package var index: UInt64
        /// The digit's place in its image, from 0, below 2^24; 0 for what an image's digits share.
        package var position: UInt32 = 0
    }

    /// Where a digit strays from its hand.
    package struct Stray: Equatable, Sendable {
        package var target: Origin
        package var extent: HandStray
    }

    package var start: Origin
    /// The end of the way.
    package var end: Origin
    /// The position on the way.
    package var fraction: Fraction
    /// From that position; nil for none.
    package var stray: Stray?
    /// True to move the result away from the mean; see `LatentSampler.fill`.
    package var isDiverse = false

    /// Latent `index` of a seed.
    package static func sample(seed: UInt64, index: UInt64) -> Latent {
        Latent(Origin(stream: .samples, seed: seed, index: index))
    }

    /// The latent of a style's number.
    package static func style(_ number: UInt64) -> Latent {
        Latent(Origin(stream: .styles, seed: number, index: 0))
    }

    /// Candidate `number` for even forms, of which diverse digits have the form.
    package static func form(_ number: Int) -> Latent {
        var latent = Latent(Origin(stream: .forms, seed: 0, index: UInt64(number)))
        latent.isDiverse = true
        return latent
    }

    /// A point between two latents. See `LatentSampler.fill` for the path.
    package init(from start: Origin, to end: Origin, fraction: Fraction) {
        self.start = start
        self.end = end
        self.fraction = fraction
    }

    private init(_ origin: Origin) {
        self.init(from: origin, to: origin, fraction: .none)
    }

    /// The latent of the digit at `position` of image `index`, whose hand this is.
    package func straying(_ extent: HandStray, seed: UInt64, index: UInt64, position: Int) -> Latent {
        var latent = self
        latent.stray = Stray(
            target: Origin(stream: .strays, seed: seed, index: index, position: UInt32(position)),
            extent: extent)
        return latent
    }
}

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

    /// The exact fraction in plain digits, as a command line takes it.
    package var decimal: String {
        guard self != .full else { return "1" }
        // numerator / 2¹⁵ = numerator · 5¹⁵ / 10¹⁵
        var digits = String(Int64(numerator) * 30_517_578_125)
        digits = String(repeating: "0", count: 15 - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return digits.isEmpty ? "0" : "0.\(digits)"
    }
}
