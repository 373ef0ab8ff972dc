import DigitGen
import DigitModel

/// The hand that is asked for; each part is left out for what seed and model decide.
package struct HandChoice: Equatable, Sendable {
    /// The number of the hand.
    package var number: UInt64?
    /// How far digits stray from it; nil for as far as people's do.
    package var vary: Fraction?
    /// True for hands that vary more than people's.
    package var isDiverse: Bool
    /// Slant, thickness and width of the digits.
    package var targets: [StyleTarget]

    package init(
        number: UInt64? = nil, vary: Fraction? = nil, isDiverse: Bool = false, targets: [StyleTarget] = []
    ) {
        (self.number, self.vary, self.isDiverse, self.targets) = (number, vary, isDiverse, targets)
    }

    /// In words, for the texts of a file; nil if nothing is asked for.
    package var summary: String? { summary(hand: number.map { "style \($0)" }) }

    /// `summary` with other words for the hand.
    package func summary(hand: String?) -> String? {
        let varied = [hand, vary.map { "varied by \($0.value)" }].compactMap { $0 }.joined(separator: " ")
        let words =
            [varied, isDiverse ? "diverse" : ""].filter { !$0.isEmpty }
            + targets.map { "\($0.measure) \($0.text)" }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    /// As command-line words.
    package var commandWords: [String] {
        var words: [String] = []
        if let number { words.append("--style \(number)") }
        if let vary { words.append("--vary \(vary.decimal)") }
        if isDiverse { words.append("--diverse") }
        return words + targets.map { "--\($0.measure)=\($0.text)" }
    }
}

extension HandChoice {
    /// What a request for digits asks for, of the hand that draws them all.
    package init(_ request: DrawRequest) {
        var number: UInt64?
        if case .style(let style) = request.handwriting { number = style }
        self.init(number: number, vary: request.vary, isDiverse: request.isDiverse, targets: request.style)
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
        latent.isDiverse = choice.isDiverse
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
