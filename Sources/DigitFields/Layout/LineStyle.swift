import Platform

/// How lines look: what a person cannot help, and what a form or a picture asks for.
package struct LineStyle: Equatable, Sendable {
    /// A number of the style with its range and what it is unless another is asked for.
    package struct Setting: Sendable {
        /// Its name in the protocol and, after two hyphens, on the command line.
        package let name: String
        package let range: ClosedRange<Int>
        package let standard: Int
    }

    /// Pixels down a picture.
    package static let height = Setting(name: "height", range: 16...1024, standard: 48)
    /// Pixels across a picture; as many as the line needs unless it is asked for.
    package static let across = Setting(name: "across", range: 16...65_536, standard: 0)
    /// Pixels of paper around the ink.
    package static let margin = Setting(name: "margin", range: 0...512, standard: 0)
    /// The mean distance between neighbours in percent of a digit's height.
    package static let spacing = Setting(name: "spacing", range: 0...200, standard: 16)
    /// How far lines rise or fall, in percent of their length: the standard deviation between hands.
    package static let slope = Setting(name: "slope", range: 0...20, standard: 2)
    /// Neighbouring digits that touch, in percent of all.
    package static let touch = Setting(name: "touch", range: 0...100, standard: 4)
    /// How far digits stray from their line, up and down, in percent of a digit's height: the standard deviation.
    package static let wander = Setting(name: "wander", range: 0...50, standard: 3)
    /// The level of a pixel full of ink.
    package static let ink = Setting(name: "ink", range: 0...255, standard: 255)
    /// The level of a pixel without ink.
    package static let paper = Setting(name: "paper", range: 0...255, standard: 0)

    package var height: Int
    /// Nil for the width of the line.
    package var across: Int?
    package var margin: Int
    package var spacing: Int
    package var slope: Int
    package var touch: Int
    package var wander: Int
    package var ink: UInt8
    package var paper: UInt8
    /// True for a comb of printed boxes, as on forms, with a character in each.
    package var hasBoxes: Bool

    /// The style of independent options; nil stands for what is standard.
    ///
    /// - Throws: `LineError.outOfRange`, `.marginTooWide` or `.invisible`.
    package init(
        height: Int? = nil, across: Int? = nil, margin: Int? = nil, spacing: Int? = nil, slope: Int? = nil,
        touch: Int? = nil, wander: Int? = nil, ink: Int? = nil, paper: Int? = nil, invert: Bool = false,
        hasBoxes: Bool = false
    ) throws(LineError) {
        func checked(_ value: Int?, _ setting: Setting) throws(LineError) -> Int {
            let value = value ?? setting.standard
            guard setting.range.contains(value) else {
                throw .outOfRange(setting.name, value, allowed: setting.range)
            }
            return value
        }
        self.height = try checked(height, Self.height)
        self.across = try across.map { across throws(LineError) in try checked(across, Self.across) }
        self.margin = try checked(margin ?? max(1, self.height / 12), Self.margin)
        self.spacing = try checked(spacing, Self.spacing)
        self.slope = try checked(slope, Self.slope)
        self.touch = try checked(touch, Self.touch)
        self.wander = try checked(wander, Self.wander)
        let levels = (ink: try checked(ink, Self.ink), paper: try checked(paper, Self.paper))
        self.ink = UInt8(invert ? 255 - levels.ink : levels.ink)
        self.paper = UInt8(invert ? 255 - levels.paper : levels.paper)
        self.hasBoxes = hasBoxes
        guard self.height - 2 * self.margin >= Self.leastInk else {
            throw .marginTooWide(self.margin, allowed: 0...(self.height - Self.leastInk) / 2)
        }
        guard self.ink != self.paper else { throw .invisible(levels.ink) }
    }

    /// Pixels that a line needs between its margins.
    private static let leastInk = 12

    /// The style in words, for a picture's texts.
    package var summary: String {
        (settings.map { "\($0) \($1)" } + (hasBoxes ? ["boxes"] : [])).joined(separator: ", ")
    }

    /// The style as command-line words: with it, the same lines are drawn whatever is standard.
    package var commandWords: [String] {
        settings.map { "--\($0) \($1)" } + (hasBoxes ? ["--boxes"] : [])
    }

    private var settings: [(name: String, value: Int)] {
        [("height", height)] + (across.map { [("across", $0)] } ?? []) + [
            ("margin", margin), ("spacing", spacing), ("slope", slope), ("touch", touch), ("wander", wander),
            ("ink", Int(ink)), ("paper", Int(paper)),
        ]
    }
}

/// The reason why a line cannot be drawn.
package enum LineError: Error, Equatable, Sendable {
    /// A number of the style out of its range.
    case outOfRange(String, Int, allowed: ClosedRange<Int>)
    /// Margins that leave no room in the height.
    case marginTooWide(Int, allowed: ClosedRange<Int>)
    /// Ink and paper of one level.
    case invisible(Int)
    /// A line that its picture has no room for.
    case tooLong(text: String, width: Int, limit: Int)
    /// A picture with more pixels than its request may have; `hasAcross` says that its width was asked for.
    case tooManyPixels(text: String, width: Int, height: Int, limit: Int, hasAcross: Bool)
    /// A line that is wider or higher than its page.
    case largerThanPage(text: String, width: Int, height: Int, pageWidth: Int, pageHeight: Int)
}

extension LineError: CustomStringConvertible {
    package var description: String { description(fieldPrefix: "") }

    private func description(fieldPrefix: String) -> String {
        switch self {
        case .outOfRange(let name, let value, let allowed):
            "\(fieldPrefix)\(name) must be \(allowed.lowerBound)…\(allowed.upperBound), not \(value)"
        case .marginTooWide(let margin, let allowed):
            "\(fieldPrefix)margin must be \(allowed.lowerBound)…\(allowed.upperBound) at this height, not \(margin)"
        case .invisible(let level):
            "\(fieldPrefix)ink and \(fieldPrefix)paper are both \(level); expected different levels"
        case .tooLong(let text, let width, let limit):
            "'\(text)' is \(width) pixels wide, and its picture has \(limit); expected a shorter text"
                + (limit < LineStyle.across.range.upperBound
                    ? ", a lower \(fieldPrefix)height or a greater \(fieldPrefix)across"
                    : " or a lower \(fieldPrefix)height")
        case .tooManyPixels(_, let width, let height, let limit, true):
            "a picture of \(width) × \(height) pixels has more than \(limit); expected a smaller "
                + "\(fieldPrefix)across or a lower \(fieldPrefix)height"
        case .tooManyPixels(let text, let width, let height, let limit, false):
            "the picture of '\(text)' has \(width) × \(height) pixels, more than \(limit); expected a shorter "
                + "text or a lower \(fieldPrefix)height"
        case .largerThanPage(let text, let width, let height, let pageWidth, let pageHeight):
            "'\(text)' is \(width) pixels wide and \(height) high, and its page has \(pageWidth) × \(pageHeight); "
                + "expected \(width > pageWidth ? "a shorter text, " : "")a lower \(fieldPrefix)height or a larger "
                + "\(fieldPrefix)page"
        }
    }
}

extension LineError: ProgramError {
    package var commandLineDescription: String { description(fieldPrefix: "--") }

    package var exitStatus: ExitStatus {
        switch self {
        case .tooLong, .tooManyPixels, .largerThanPage: .badData
        default: .usage
        }
    }
}
