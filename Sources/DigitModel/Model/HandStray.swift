/// How far each digit of a hand strays from it, as people's do: for each part of the latent, the position on the way
/// from the hand to a latent of the digit's own, in 32,768ths.
///
/// The latent of a model that has a stray begins with the coordinates of its style: slant, thickness and width.
package struct HandStray: Equatable, Sendable {
    /// All the way.
    package static let whole: Int32 = 1 << 15

    /// Of the latent's entry for the digits' lean.
    package var slant: Int32
    /// Of that for the strokes' thickness.
    package var thickness: Int32
    /// Of that for the digits' width.
    package var width: Int32
    /// That of all other entries.
    package var rest: Int32

    /// - Parameters: each 0…`whole`.
    package init(slant: Int32, thickness: Int32, width: Int32, rest: Int32) {
        self.slant = slant
        self.thickness = thickness
        self.width = width
        self.rest = rest
    }

    /// The same stray in all parts of the latent.
    package init(_ position: Int32) {
        self.init(slant: position, thickness: position, width: position, rest: position)
    }

    /// In the order in which a bundle lists them.
    package var positions: [Int32] { [slant, thickness, width, rest] }
}

extension HandStray {
    /// The rule for its text in a bundle, for errors.
    static let expectation = "four whole numbers from 0 to \(whole) with commas between them"

    /// As a bundle holds it: `13107,11469,13107,13107`.
    var text: String { positions.map(String.init).joined(separator: ",") }

    /// Nil for what is no such text.
    init?(_ text: String) {
        let positions = text.split(separator: ",", omittingEmptySubsequences: false).map { Int32($0) }
        guard positions.count == 4, positions.allSatisfy({ $0.map((0...Self.whole).contains) == true })
        else { return nil }
        let numbers = positions.compactMap { $0 }
        self.init(slant: numbers[0], thickness: numbers[1], width: numbers[2], rest: numbers[3])
        guard self.text == text else { return nil }
    }
}
