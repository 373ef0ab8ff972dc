/// In whose hand images are drawn.
public enum Handwriting: Equatable, Sendable {
    /// Each image in another one, which its seed and index decide.
    case eachItsOwn
    /// All in the hand that the number names, the same under every seed. With `vary` each image strays from it
    /// towards one of its own: not at all at 0, all the way at 1.
    case style(UInt64, vary: Fraction = .none)
    /// The first `imagesEach` images in the style with the number `first`, as many more in the next one, and so on.
    case styles(from: UInt64, imagesEach: Int)
    /// From one style to another in `steps` images, both ends among them; later images stay at the end.
    case morph(from: UInt64, to: UInt64, steps: Int)

    /// The latent of image `index`.
    package func latent(seed: UInt64, index: Int) -> Latent {
        let sample = Latent.sample(seed: seed, index: UInt64(index))
        return switch self {
        case .eachItsOwn: sample
        case .style(let number, let vary):
            Latent(from: Latent.style(number).start, to: sample.start, fraction: vary)
        case .styles(let first, let imagesEach):
            .style(first &+ UInt64(index / max(imagesEach, 1)))
        case .morph(let first, let last, let steps):
            Latent(
                from: Latent.style(first).start, to: Latent.style(last).start,
                fraction: Fraction(step: index, of: steps - 1))
        }
    }
}
