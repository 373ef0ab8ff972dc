/// How far a character's ink reaches to the left and to the right, in horizontal bands: what decides how near a
/// neighbour may come.
struct Profile {
    /// The height of a band in units of the hand.
    private static let bandHeight = 96
    /// The lower edge of the lowest band.
    private static let lowest = -384
    private static let bandCount = 20

    private var left = [Int](repeating: .max, count: bandCount)
    private var right = [Int](repeating: .min, count: bandCount)

    /// Adds ink from `left` to `right` at a height above the line.
    mutating func add(y: Int, left: Int, right: Int) {
        let band = min(max((y - Self.lowest) / Self.bandHeight, 0), Self.bandCount - 1)
        self.left[band] = min(self.left[band], left)
        self.right[band] = max(self.right[band], right)
    }

    /// The distance at which the next character's ink would touch this one's if it were as far to the right as its own
    /// coordinates say: negative where it must move to the right. Nil where no bands face each other.
    func distance(to next: Profile) -> Int? {
        var least: Int?
        for band in 0..<Self.bandCount where right[band] != .min {
            for other in max(band - 1, 0)...min(band + 1, Self.bandCount - 1) where next.left[other] != .max {
                least = min(least ?? .max, next.left[other] - right[band])
            }
        }
        return least
    }
}
