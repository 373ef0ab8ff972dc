/// Where the characters of a line stand, in units of its hand: x to the right, y upwards.
struct LineLayout {
    /// A character and its place.
    struct Character {
        let shape: Shape
        /// The place of the shape's origin.
        var x: Int
        var y: Int
    }

    enum Shape {
        /// The ink of a digit, by its number among those of the line: its box from the origin to the right and up.
        case digit(Int, width: Int, height: Int)
        case strokes([PenStroke])
    }

    /// A rectangle.
    struct Bounds {
        var left = Int.max
        var right = Int.min
        var bottom = Int.max
        var top = Int.min

        mutating func add(x: Int, y: Int) {
            (left, right) = (min(left, x), max(right, x))
            (bottom, top) = (min(bottom, y), max(top, y))
        }
    }

    /// Those that are not spaces, in order.
    private(set) var characters: [Character] = []
    /// The printed lines of a comb, one rectangle each.
    private(set) var printed: [Bounds] = []
    /// All ink, and the height of a digit along the line.
    private(set) var bounds = Bounds()

    /// The most that a digit's width may be of its height; wider ones are made smaller.
    private static let broadest = 1180
    /// How far a character may stand over or under its neighbour.
    private static let tuck = 220

    /// - Parameters:
    ///   - text: the characters.
    ///   - inks: those of its digits, in order, nil without ink; if it has none, that of a digit that tells how the
    ///     hand writes.
    init(_ text: FieldText, inks: [DigitInk?], style: LineStyle, lineHand: LineHand) {
        let hand = lineHand.hand(style)
        let shapes = MarkShapes(hand: hand, strokeWidth: Self.strokeWidth(inks), slant: Self.slant(inks))
        var line = Cursor(style: style, hand: hand, strokeWidth: shapes.strokeWidth)
        var digits = 0
        for (position, code) in text.characters.enumerated() {
            var random = RandomStream(
                .character, seed: lineHand.seed, index: lineHand.index, position: position)
            guard !code.isSpace else {
                line.skip(&random)
                continue
            }
            let shape: Shape
            var depth = 0
            if code.isDigit {
                let value = Int(code - UInt8(ascii: "0"))
                shape = Self.digit(digits, inks[digits], value: value, hand, &random)
                depth = hand.depths[value] + random.normal(18)
                digits += 1
            } else {
                shape = .strokes(shapes.strokes(code, &random))
            }
            let profile = Self.profile(shape, inks: inks)
            let place = line.place(profile, box: Self.box(shape), isDigit: code.isDigit, &random)
            add(Character(shape: shape, x: place.x, y: place.y - depth))
        }
        if style.hasBoxes { printComb(cells: text.characters.count) }
    }

    private mutating func add(_ character: Character) {
        characters.append(character)
        let box = Self.box(character.shape)
        bounds.add(x: character.x + box.left, y: character.y + box.bottom)
        bounds.add(x: character.x + box.right, y: character.y + box.top)
        // A line of low marks is as high as one of digits.
        bounds.add(x: character.x + box.left, y: character.y + Hand.unit * 7 / 8)
        bounds.add(x: character.x + box.left, y: character.y)
    }

    private static func digit(
        _ number: Int, _ ink: DigitInk?, value: Int, _ hand: Hand, _ random: inout RandomStream
    ) -> Shape {
        var height = hand.heights[value] * (1024 + random.normal(30)) / 1024
        guard let ink else { return .digit(number, width: height / 2, height: height) }
        var width = height * ink.width * hand.breadth / (ink.height * 1024)
        if width > broadest {
            height = max(1, height * broadest / width)
            width = broadest
        }
        return .digit(number, width: max(width, 1), height: height)
    }

    /// The width of the hand's strokes: the mean of its digits.
    private static func strokeWidth(_ inks: [DigitInk?]) -> Int {
        let widths = inks.compactMap { $0.map { $0.strokeWidth * Hand.unit / (64 * $0.height) } }
        return widths.isEmpty ? 90 : min(max(widths.reduce(0, +) / widths.count, 40), 220)
    }

    private static func slant(_ inks: [DigitInk?]) -> Int {
        let slants = inks.compactMap { $0?.slant }
        guard !slants.isEmpty else { return 0 }
        return min(max(slants.reduce(0, +) * 7 / (slants.count * 10), -500), 500)
    }

    private static func profile(_ shape: Shape, inks: [DigitInk?]) -> Profile {
        var profile = Profile()
        switch shape {
        case .digit(let number, let width, let height):
            guard let ink = inks[number] else {
                profile.add(y: height / 2, left: 0, right: width)
                return profile
            }
            for row in ink.top..<ink.bottom where ink.rows[row] != 0 {
                let first = ink.rows[row].trailingZeroBitCount - ink.left
                let last = UInt64.bitWidth - ink.rows[row].leadingZeroBitCount - ink.left
                profile.add(
                    y: (2 * (ink.bottom - row) - 1) * height / (2 * ink.height),
                    left: first * width / ink.width, right: last * width / ink.width)
            }
        case .strokes(let strokes):
            for stroke in strokes {
                for part in 0...PenStroke.parts {
                    let (point, radius) = (stroke.point(part), stroke.radius(part))
                    profile.add(y: point.y, left: point.x - radius, right: point.x + radius)
                }
            }
        }
        return profile
    }

    /// The box of a shape around its origin.
    private static func box(_ shape: Shape) -> Bounds {
        var box = Bounds()
        switch shape {
        case .digit(_, let width, let height):
            box.add(x: 0, y: 0)
            box.add(x: width, y: height)
        case .strokes(let strokes):
            for stroke in strokes {
                for part in 0...PenStroke.parts {
                    let (point, radius) = (stroke.point(part), stroke.radius(part))
                    box.add(x: point.x - radius, y: point.y - radius)
                    box.add(x: point.x + radius, y: point.y + radius)
                }
            }
        }
        return box
    }
}

extension LineLayout {
    /// The comb of a form: cells in which one character stands each.
    private enum Comb {
        static let pitch = 1180
        static let low = -250
        static let high = 1270
        static let thickness = 30
    }

    private mutating func printComb(cells: Int) {
        let (width, half) = (cells * Comb.pitch, Comb.thickness / 2)
        for edge in [Comb.low, Comb.high] {
            printed.append(Bounds(left: -half, right: width + half, bottom: edge - half, top: edge + half))
        }
        for cell in 0...cells {
            let x = cell * Comb.pitch
            printed.append(Bounds(left: x - half, right: x + half, bottom: Comb.low, top: Comb.high))
        }
        bounds.add(x: -half, y: Comb.low - half)
        bounds.add(x: width + half, y: Comb.high + half)
    }

    /// Goes along the line and says where each character begins.
    private struct Cursor {
        let style: LineStyle
        let hand: Hand
        let strokeWidth: Int
        /// The character before.
        private var last: (profile: Profile, x: Int, right: Int, isDigit: Bool)?
        private var spaces = 0
        private var cell = 0
        /// How far the hand is above its line.
        private var lift = 0

        init(style: LineStyle, hand: Hand, strokeWidth: Int) {
            (self.style, self.hand, self.strokeWidth) = (style, hand, strokeWidth)
        }

        mutating func skip(_ random: inout RandomStream) {
            spaces += max(150, hand.space + random.normal(70))
            cell += 1
        }

        mutating func place(
            _ profile: Profile, box: Bounds, isDigit: Bool, _ random: inout RandomStream
        ) -> (x: Int, y: Int) {
            let deviation = style.wander * Hand.unit / 100
            // 0.71² + 0.7² is nearly 1: the deviation stays the same along the line.
            lift = lift * 7 / 10 + random.normal(deviation) * 71 / 100
            guard !style.hasBoxes else {
                let middle = cell * Comb.pitch + Comb.pitch / 2 + random.normal(70)
                cell += 1
                return (middle - (box.left + box.right) / 2, lift + random.normal(40))
            }
            let x = last.map { nextX(after: $0, profile, box, isDigit: isDigit, &random) } ?? -box.left
            last = (profile, x, x + box.right, isDigit)
            spaces = 0
            return (x, lift + x * hand.rise / 1024)
        }

        private func nextX(
            after last: (profile: Profile, x: Int, right: Int, isDigit: Bool), _ profile: Profile,
            _ box: Bounds,
            isDigit: Bool, _ random: inout RandomStream
        ) -> Int {
            let touches = random.isTrue(inThousand: style.touch * 10)
            let overlap = strokeWidth * random.within(25...85) / 100
            let gap = max(hand.gap / 3, hand.gap + random.normal(hand.gap * 3 / 10))
            let isTouching = touches && last.isDigit && isDigit && spaces == 0
            let wanted = isTouching ? -overlap : gap + spaces
            let byBoxes = last.right - box.left
            let byInk = last.profile.distance(to: profile).map { last.x - $0 } ?? byBoxes
            let tuck = isTouching ? 2 * LineLayout.tuck : LineLayout.tuck
            return max(byInk + wanted, byBoxes - tuck + (isTouching ? 0 : wanted))
        }
    }
}
