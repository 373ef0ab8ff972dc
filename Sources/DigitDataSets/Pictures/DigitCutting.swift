import DigitModel

/// Cuts a picture of handwriting into its digits.
///
/// Ink that hangs together, or lies above and below each other as the bar of a five does, is a digit. Specks and
/// punctuation, which are low, and digits that touch, which are wide, are left out.
struct DigitCutting {
    /// The most pieces of a picture of digits; what has more is noise, or the grain of paper.
    private static let pieceLimit = 4_096

    private let picture: GrayPicture
    /// Of each pixel, the number of the piece of ink that it belongs to, and after `labelDigits()` of the digit;
    /// negative for paper.
    private var labels: [Int32]
    private var pieces: [Piece] = []

    /// A piece of ink, or several that make a digit.
    private struct Piece {
        var numbers: [Int32]
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>

        mutating func add(row: Int, column: Int) {
            rows = min(rows.lowerBound, row)...max(rows.upperBound, row)
            columns = min(columns.lowerBound, column)...max(columns.upperBound, column)
        }

        mutating func add(_ other: Piece) {
            numbers += other.numbers
            add(row: other.rows.lowerBound, column: other.columns.lowerBound)
            add(row: other.rows.upperBound, column: other.columns.upperBound)
        }

        /// Returns true if the two are one digit: the narrower lies above or below the other by half or more of its
        /// width, and no further away than a quarter of the taller one's height, which is nearer than lines are.
        func belongs(to other: Piece) -> Bool {
            let (first, last) = (
                max(columns.lowerBound, other.columns.lowerBound),
                min(columns.upperBound, other.columns.upperBound)
            )
            let gap =
                max(rows.lowerBound, other.rows.lowerBound) - min(rows.upperBound, other.rows.upperBound)
            return 2 * (last - first + 1) >= min(columns.count, other.columns.count)
                && 4 * gap <= max(rows.count, other.rows.count)
        }
    }

    /// The digits of a picture with dark paper, in reading order: 28 × 28 pixels each, framed as MNIST's are.
    static func digits(in picture: GrayPicture) -> [UInt8] {
        guard let inked = picture.inked() else { return [] }
        var cutting = DigitCutting(inked)
        cutting.join()
        cutting.keepDigits()
        cutting.sortInLines()
        cutting.labelDigits()
        return cutting.pieces.indices.flatMap { cutting.framed($0) }
    }

    private init(_ picture: GrayPicture) {
        self.picture = picture
        labels = [Int32](repeating: -1, count: picture.shades.count)
        var number: Int32 = 0
        var tallest = 0
        for start in picture.shades.indices where isInk(start) && labels[start] < 0 {
            let piece = piece(from: start, number: number)
            number += 1
            tallest = max(tallest, piece.rows.count)
            // Specks, which a picture may have any number of, are left out at once.
            guard Self.mayBePart(piece, tallest: tallest) else { continue }
            pieces.append(piece)
            if pieces.count > Self.pieceLimit { pieces.removeAll { !Self.mayBePart($0, tallest: tallest) } }
            guard pieces.count <= Self.pieceLimit else {
                pieces = []
                return
            }
        }
        pieces.removeAll { !Self.mayBePart($0, tallest: tallest) }
    }

    /// Returns true for a piece that is large enough to be a part of a digit.
    private static func mayBePart(_ piece: Piece, tallest: Int) -> Bool {
        8 * max(piece.rows.count, piece.columns.count) >= tallest
    }

    private static let leastInk: UInt8 = 128

    private func isInk(_ index: Int) -> Bool { picture.shades[index] >= Self.leastInk }

    /// Labels the piece that a pixel belongs to, with eight neighbours a pixel.
    private mutating func piece(from start: Int, number: Int32) -> Piece {
        let (row, column) = start.quotientAndRemainder(dividingBy: picture.width)
        var piece = Piece(numbers: [number], rows: row...row, columns: column...column)
        var stack = [start]
        labels[start] = number
        while let index = stack.popLast() {
            let (row, column) = index.quotientAndRemainder(dividingBy: picture.width)
            piece.add(row: row, column: column)
            Self.forEachNeighbour(row, column, in: picture) { near in
                guard picture.shades[near] >= Self.leastInk, labels[near] < 0 else { return }
                labels[near] = number
                stack.append(near)
            }
        }
        return piece
    }

    private static func forEachNeighbour(
        _ row: Int, _ column: Int, in picture: GrayPicture, _ body: (Int) -> Void
    ) {
        for y in max(row - 1, 0)...min(row + 1, picture.height - 1) {
            for x in max(column - 1, 0)...min(column + 1, picture.width - 1) {
                body(y * picture.width + x)
            }
        }
    }

    /// Joins pieces to digits, from the tallest on.
    private mutating func join() {
        pieces.sort { $0.rows.count > $1.rows.count }
        var joined: [Piece] = []
        for piece in pieces {
            if let digit = joined.firstIndex(where: { piece.belongs(to: $0) }) {
                joined[digit].add(piece)
            } else {
                joined.append(piece)
            }
        }
        pieces = joined
    }

    /// Leaves out what is less than half as tall as the tallest digit, and what is one and a half times as wide as it
    /// is tall.
    private mutating func keepDigits() {
        let tallest = pieces.map(\.rows.count).max() ?? 0
        pieces.removeAll {
            2 * $0.rows.count < tallest || 2 * $0.columns.count > 3 * $0.rows.count
        }
    }

    /// Sorts digits by lines, and in a line from the left: in a line are those whose middle is within the height of its
    /// first one.
    private mutating func sortInLines() {
        var rest = pieces.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }
        var sorted: [Piece] = []
        while let first = rest.first {
            let line = rest.filter { first.rows.contains(($0.rows.lowerBound + $0.rows.upperBound) / 2) }
            sorted += line.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
            rest.removeAll { first.rows.contains(($0.rows.lowerBound + $0.rows.upperBound) / 2) }
        }
        pieces = sorted
    }

    /// The label of ink that is of no digit.
    private static let noDigit = Int32.max

    /// Labels ink with the index of its digit instead of its piece: a digit may have thousands of pieces.
    private mutating func labelDigits() {
        guard !pieces.isEmpty else { return }
        var digits = [Int32](repeating: Self.noDigit, count: Int(labels.max() ?? -1) + 1)
        for (index, digit) in pieces.enumerated() {
            for number in digit.numbers { digits[Int(number)] = Int32(index) }
        }
        for pixel in labels.indices where labels[pixel] >= 0 { labels[pixel] = digits[Int(labels[pixel])] }
    }

    /// The shades of a digit in a picture of MNIST's size: its ink, and the half-tones beside it.
    private func framed(_ index: Int) -> [UInt8] {
        let (digit, own) = (pieces[index], Int32(index))
        let (top, left) = (max(digit.rows.lowerBound - 1, 0), max(digit.columns.lowerBound - 1, 0))
        let (bottom, right) = (
            min(digit.rows.upperBound + 1, picture.height - 1),
            min(digit.columns.upperBound + 1, picture.width - 1)
        )
        var crop = GrayPicture(
            width: right - left + 1, height: bottom - top + 1,
            shades: [UInt8](repeating: 0, count: (right - left + 1) * (bottom - top + 1)))
        for row in top...bottom {
            for column in left...right {
                var isNear = false
                Self.forEachNeighbour(row, column, in: picture) { near in
                    if labels[near] == own { isNear = true }
                }
                let label = labels[row * picture.width + column]
                let isOther = label >= 0 && label != own
                guard isNear, !isOther else { continue }
                crop.shades[(row - top) * crop.width + column - left] =
                    picture.shades[row * picture.width + column]
            }
        }
        return DigitFraming.framed(crop)
    }
}
