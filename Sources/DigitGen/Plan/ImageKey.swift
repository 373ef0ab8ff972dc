/// Everything that determines an image besides the bundle.
package struct ImageKey: Equatable, Sendable {
    package var latent: Latent
    /// The digit, for a conditional model.
    package var label: UInt8
    /// The digit at the end of a morph.
    package var endLabel: UInt8
    /// The position between the two; none for a plain digit.
    package var labelFraction: Fraction

    package init(latent: Latent, label: UInt8) {
        self.latent = latent
        self.label = label
        endLabel = label
        labelFraction = .none
    }

    /// A point between two digits, for a conditional model.
    package init(latent: Latent, from label: UInt8, to endLabel: UInt8, fraction: Fraction) {
        self.latent = latent
        self.label = label
        self.endLabel = endLabel
        labelFraction = fraction
    }

    /// The image of latent `index` of a seed.
    package init(seed: UInt64, index: UInt64, label: UInt8) {
        self.init(latent: .sample(seed: seed, index: index), label: label)
    }

    /// The images `indices` of a seed with the digits in turn, at least one; an unconditional model ignores them.
    package static func inTurn(
        _ indices: Range<Int>, seed: UInt64, digits: [UInt8] = Array(0...9)
    ) -> [ImageKey] {
        indices.map { ImageKey(seed: seed, index: UInt64($0), label: digits[$0 % digits.count]) }
    }
}
