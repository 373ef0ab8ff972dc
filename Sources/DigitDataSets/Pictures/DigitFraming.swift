import DigitModel

/// Frames a digit as MNIST's digits are (LeCun, Cortes and Burges, "The MNIST database"): the square around its ink
/// becomes 20 × 20 pixels by their areas, its greatest shade 255, its centre of mass the middle of 28 × 28.
enum DigitFraming {
    private static let box = 20

    /// - Parameter digit: with dark paper; anything without ink gives an empty picture.
    static func framed(_ digit: GrayPicture) -> [UInt8] {
        let size = ImageSize.mnist
        var result = [UInt8](repeating: 0, count: size.pixelCount)
        let inked = digit.shades.indices.filter { digit.shades[$0] >= leastShade }
        let rows = inked.map { $0 / digit.width }
        let columns = inked.map { $0 % digit.width }
        guard let top = rows.min(), let bottom = rows.max(), let left = columns.min(),
            let right = columns.max()
        else { return result }
        let side = max(bottom - top, right - left) + 1
        let (firstRow, firstColumn) = (
            top - (side - (bottom - top + 1)) / 2, left - (side - (right - left + 1)) / 2
        )
        // Sums over areas, in 20ths of a source pixel either way.
        var sums = [Int](repeating: 0, count: box * box)
        for index in inked {
            let (y, x) = (index / digit.width - firstRow, index % digit.width - firstColumn)
            for (row, height) in parts(of: y, side: side) {
                for (column, width) in parts(of: x, side: side) {
                    sums[row * box + column] += height * width * Int(digit.shades[index])
                }
            }
        }
        let greatest = sums.max() ?? 1
        let levels = sums.map { ($0 * 510 + greatest) / (2 * greatest) }
        let free = size.height - box
        let place = middle(levels).map { min(max($0, 0), free) }
        for index in levels.indices {
            let (row, column) = (place[0] + index / box, place[1] + index % box)
            result[row * size.width + column] = UInt8(levels[index])
        }
        return result
    }

    /// The darkest shade of ink; darker ones are paper.
    private static let leastShade: UInt8 = 16

    /// The pixels of the box that a source pixel covers, and how much of each, in 20ths of a source pixel.
    private static func parts(of source: Int, side: Int) -> [(target: Int, part: Int)] {
        let (start, end) = (source * box, (source + 1) * box)
        return (start / side...(end - 1) / side).map { target in
            (target, min(end, (target + 1) * side) - max(start, target * side))
        }
    }

    /// Where the box goes, row and column, for its centre of mass to be in the middle: ⌊15 − mean of (place + ½)⌋.
    private static func middle(_ levels: [Int]) -> [Int] {
        let total = levels.reduce(0, +)
        let rows = levels.indices.reduce(0) { $0 + levels[$1] * (2 * ($1 / box) + 1) }
        let columns = levels.indices.reduce(0) { $0 + levels[$1] * (2 * ($1 % box) + 1) }
        return [rows, columns].map { (30 * total - $0) / (2 * total) }
    }
}
