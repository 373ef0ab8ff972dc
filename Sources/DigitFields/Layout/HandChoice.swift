import DigitGen
import DigitModel

/// The hand that is asked for; each part is left out for what seed and model decide.
package struct HandChoice: Equatable, Sendable {
    /// The number of the hand.
    package var number: UInt64?
    /// How far digits stray from it; nil for as far as people's do.
    package var vary: Fraction?
    /// Slant, thickness and width of the digits.
    package var targets: [StyleTarget]

    package init(number: UInt64? = nil, vary: Fraction? = nil, targets: [StyleTarget] = []) {
        (self.number, self.vary, self.targets) = (number, vary, targets)
    }

    /// In words, for the texts of a file; nil if nothing is asked for.
    package var summary: String? {
        let hand = [number.map { "style \($0)" }, vary.map { "varied by \($0.value)" }].compactMap(\.self)
        let words =
            [hand.joined(separator: " ")].filter { !$0.isEmpty } + targets.map { "\($0.measure) \($0.text)" }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// As command-line words.
    package var commandWords: [String] {
        var words: [String] = []
        if let number { words.append("--style \(number)") }
        if let vary { words.append("--vary \(vary.decimal)") }
        return words + targets.map { "--\($0.measure)=\($0.text)" }
    }
}

/// Whose hand a line is in.
struct LineHand {
    let choice: HandChoice
    let seed: UInt64
    let index: Int

    init(_ choice: HandChoice, seed: UInt64, index: Int) {
        (self.choice, self.seed, self.index) = (choice, seed, index)
    }

    /// The key of the digit at `position`.
    ///
    /// - Parameter stray: how far digits stray from the hand by nature; nil for not at all.
    func key(position: Int, label: UInt8, stray: HandStray?) -> ImageKey {
        var latent = choice.number.map(Latent.style) ?? Latent.sample(seed: seed, index: UInt64(index))
        if let stray = choice.vary.map({ HandStray($0.numerator) }) ?? stray {
            latent = latent.straying(stray, seed: seed, index: UInt64(index), position: position)
        }
        var key = ImageKey(latent: latent, label: label)
        key.targets = StyleTargets(choice.targets, seed: seed, image: index, position: position)
        return key
    }

    /// What the hand does alike in its line.
    func hand(_ lineStyle: LineStyle) -> Hand {
        choice.number.map { Hand(lineStyle, seed: $0, index: 0) }
            ?? Hand(lineStyle, seed: seed, index: index)
    }
}
