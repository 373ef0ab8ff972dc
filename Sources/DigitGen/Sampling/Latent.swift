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
        }

        package var stream: Stream
        /// The seed, or the number of the style.
        package var seed: UInt64
        /// The index among the seed's latents; 0 for a style.
        package var index: UInt64
    }

    package var start: Origin
    /// The end of the way.
    package var end: Origin
    /// The position on the way.
    package var fraction: Fraction

    /// Latent `index` of a seed.
    package static func sample(seed: UInt64, index: UInt64) -> Latent {
        Latent(Origin(stream: .samples, seed: seed, index: index))
    }

    /// The latent of a style's number.
    package static func style(_ number: UInt64) -> Latent {
        Latent(Origin(stream: .styles, seed: number, index: 0))
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
}
