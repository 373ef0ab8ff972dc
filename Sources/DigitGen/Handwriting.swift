/// In whose hand images are drawn.
public enum Handwriting: Equatable, Sendable {
    /// Each image in another hand, which its seed and index decide.
    case perImage
    /// All in the hand that the number names, the same under every seed. With `vary` each image strays from it
    /// towards one of its own: not at all at 0, all the way at 1.
    case style(UInt64, vary: Fraction = .none)
    /// The first `imagesEach` images in the style with the number `from`, as many more in the next one, and so on.
    case styles(from: UInt64, imagesEach: Int)
    /// From one style to another over all images of a request, both ends among them.
    case morph(from: UInt64, to: UInt64)

    /// The latent of image `index`, of `count` images in all.
    package func latent(seed: UInt64, index: Int, of count: Int) -> Latent {
        let sample = Latent.sample(seed: seed, index: UInt64(index))
        return switch self {
        case .perImage: sample
        case .style(let number, let vary):
            Latent(from: Latent.style(number).start, to: sample.start, fraction: vary)
        case .styles(let first, let imagesEach):
            .style(first &+ UInt64(index / max(imagesEach, 1)))
        case .morph(let first, let last):
            Latent(
                from: Latent.style(first).start, to: Latent.style(last).start,
                fraction: Fraction(step: index, of: count - 1))
        }
    }
}
