/// How far a character's ink reaches to the left and to the right, in horizontal bands: what decides how near a
/// neighbour may come.
struct Profile {
    /// The height of a band in units of the hand.
    private static let bandHeight = 96
    /// The lower edge of the lowest band.
    private static let lowest = -384
    private static let bandCount = 20
    /// Farther than any ink.
    private static let far: Int32 = 1 << 28

    /// The bands from the lowest, behind one that is always empty, as are those after the last.
    private var left = SIMD32<Int32>(repeating: far)
    private var right = SIMD32<Int32>(repeating: -far)

    /// Adds ink from `left` to `right` at a height above the line.
    ///
    /// Not inlined: choosing a place in a vector takes much code where vectors are short, as in WebAssembly.
    @inline(never)
    mutating func add(y: Int, left: Int, right: Int) {
        let band = min(max((y - Self.lowest) / Self.bandHeight, 0), Self.bandCount - 1) + 1
        self.left[band] = min(self.left[band], Int32(left))
        self.right[band] = max(self.right[band], Int32(right))
    }

    /// The distance at which the next character's ink would touch this one's if it were as far to the right as its own
    /// coordinates say: negative where it must move to the right. Nil where no bands face each other.
    func distance(to next: Profile) -> Int? {
        var least = Int32.max
        for band in 1...Self.bandCount {
            // A band faces those above and below it, too.
            let nearest = min(next.left[band - 1], next.left[band], next.left[band + 1])
            least = min(least, nearest - right[band])
        }
        return least < Self.far / 2 ? Int(least) : nil
    }
}
