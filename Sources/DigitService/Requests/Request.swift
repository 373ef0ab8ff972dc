import DigitGen

/// What a line asks for.
package enum Request: Equatable, Sendable {
    /// Images.
    case draw(DrawRequest)
    /// What this program is and can.
    case hello
    /// Whether anybody is there.
    case ping
}

/// A request for images. Its numbers are within their limits; whether its model exists and can be told what to
/// draw, `ModelShelf` knows.
package struct DrawRequest: Equatable, Sendable {
    /// How an image is stored.
    package enum Format: String, CaseIterable, Sendable {
        case png
        /// One byte a pixel, row by row from the top; 0 is background.
        case raw
    }

    /// How images are put together.
    package enum Layout: String, CaseIterable, Sendable {
        /// All in one picture, as near square as it can be.
        case grid
        /// Each by itself.
        case each
    }

    /// 0 to 9, at most `ServiceLimits.numberDigits` of them; nil where none are given.
    package var digits: [UInt8]?
    /// Images, at least 1, and with all their digits at most `ServiceLimits.requestDigits`.
    package var count = 1
    /// The number of the first image, in `ServiceLimits.firstImages`.
    package var first = 0
    /// nil for a fresh one.
    package var seed: WideNumber?
    /// The number of the hand that all images are in; nil for one each.
    package var style: UInt64?
    /// How far the images stray from the style.
    package var vary: Fraction?
    /// What the images lie between; between digits, each is from 0 to 9.
    package var morph: Morph?
    /// nil for the session's own.
    package var model: String?
    package var format = Format.png
    package var layout = Layout.grid

    /// A request for one image of whatever the session's model draws.
    package init() {}
}
