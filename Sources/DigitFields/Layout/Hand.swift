/// What a person does alike in all of a line: size, width, distances, direction. Lengths are in 1/1024 of a digit's
/// height, which is `Hand.unit`.
struct Hand {
    /// The height of a digit.
    static let unit = 1024

    /// The heights of the digits 0 to 9, in the hand.
    let heights: [Int]
    /// How far the digits 0 to 9 go below the line.
    let depths: [Int]
    /// The factor of digits' widths, in 1/1024.
    let breadth: Int
    /// The distance between neighbours.
    let gap: Int
    /// The width of a space.
    let space: Int
    /// The rise of the line, in 1/1024 of its length.
    let rise: Int
    /// The shape of marks: see `MarkShapes`.
    let markSize: Int
    let markLift: Int

    /// The mean heights of the digits, in 1/1024: people write 6 and 8 a little larger than 0.
    private static let meanHeights = [968, 1000, 984, 1010, 1024, 1024, 1040, 1016, 1034, 1024]

    init(_ style: LineStyle, seed: UInt64, index: Int) {
        var random = RandomStream(.hand, seed: seed, index: index)
        breadth = 1024 + random.normal(56)
        let spacing = style.spacing * Self.unit / 100
        gap = max(0, spacing + random.normal(spacing * 3 / 8))
        space = Self.unit * 45 / 100 + spacing + random.normal(90)
        rise = random.normal(style.slope * 1024 / 100)
        markSize = 1024 + random.normal(110)
        markLift = random.normal(40)
        // Sevens and nines, and rarely fours, go below the line in some hands.
        let depth = max(0, random.normal(110))
        heights = Self.meanHeights.map { $0 + random.normal(34) }
        depths = (0...9).map { digit in
            switch digit {
            case 7, 9: depth + random.normal(24)
            case 4: depth / 3 + random.normal(18)
            default: random.normal(12)
            }
        }
    }
}
