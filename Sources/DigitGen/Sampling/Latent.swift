/// A point of the space that a generator draws from; it decides the handwriting, and nothing of the digit.
package struct Latent: Equatable, Sendable {
    /// A latent that chance gave, named by where in the random streams it stands.
    package struct Origin: Equatable, Sendable {
        /// Which streams: they have nothing in common.
        package enum Stream: UInt32, Sendable {
            /// Image after image under a seed.
            case samples = 0
            /// Handwritings that have a number of their own.
            case styles = 1
        }

        package var stream: Stream
        /// The seed, or the number of the style.
        package var seed: UInt64
        /// Which of the seed's latents; 0 for a style.
        package var index: UInt64
    }

    package var start: Origin
    /// What the latent lies on the way to.
    package var end: Origin
    /// How far on the way.
    package var fraction: Fraction

    /// Latent `index` of a seed.
    package static func sample(seed: UInt64, index: UInt64) -> Latent {
        Latent(Origin(stream: .samples, seed: seed, index: index))
    }

    /// The latent that the number names.
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
