/// Numbers in the margins of a grid: above its columns and left of its rows.
package struct GridLabels: Equatable, Sendable {
    /// One for each column.
    package let columns: [UInt64]
    /// One for each row.
    package let rows: [UInt64]

    /// Of a glyph, the space between two, and around a number, in pixels before scaling.
    private static let glyphWidth = 5
    private static let glyphHeight = 7
    private static let gap = 1
    private static let space = 4

    package init(columns: [UInt64], rows: [UInt64]) {
        self.columns = columns
        self.rows = rows
    }

    /// Width of the margin on the left, before scaling.
    var left: Int {
        let digits = rows.map { String($0).utf8.count }.max() ?? 0
        return digits == 0 ? 0 : Self.width(digits: digits) + 2 * Self.space
    }

    /// Height of the margin above, before scaling.
    var top: Int { columns.isEmpty ? 0 : Self.glyphHeight + 2 * Self.space }

    /// The pixels that a number inks within a box: centred above a column, at the right end
    /// left of a row.
    static func inked(_ number: UInt64, width: Int, height: Int, centred: Bool) -> [(x: Int, y: Int)] {
        let digits = String(number).utf8.map { Int($0 - UInt8(ascii: "0")) }
        let room = width - Self.width(digits: digits.count)
        let left = centred ? room / 2 : room - Self.space
        let top = (height - glyphHeight) / 2
        return digits.enumerated().flatMap { place, digit in
            glyph(digit).map { (left + place * (glyphWidth + gap) + $0.x, top + $0.y) }
        }
    }

    private static func width(digits: Int) -> Int { digits * (glyphWidth + gap) - gap }

    /// The inked pixels of a digit's glyph.
    private static func glyph(_ digit: Int) -> [(x: Int, y: Int)] {
        glyphs[digit].enumerated().flatMap { y, row in
            (0..<glyphWidth).filter { row >> (glyphWidth - 1 - $0) & 1 == 1 }.map { ($0, y) }
        }
    }

    /// Seven rows of five pixels each, the leftmost the highest bit.
    private static let glyphs: [[UInt8]] = [
        [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
        [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
        [0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110],
        [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
        [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
        [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
        [0b11111, 0b00001, 0b00010, 0b00100, 0b00100, 0b01000, 0b01000],
        [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
        [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
    ]
}
