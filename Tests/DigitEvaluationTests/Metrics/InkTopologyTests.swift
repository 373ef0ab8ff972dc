import Testing

@testable import DigitEvaluation

@Suite("The topology of ink")
struct InkTopologyTests {
    /// 28 × 28 levels of ink in the rectangles, of rows and columns, but not in the holes.
    private func digit(_ ink: [(Range<Int>, Range<Int>)], holes: [(Range<Int>, Range<Int>)] = []) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: 784)
        for (level, areas) in [(UInt8(255), ink), (0, holes)] {
            for (rows, columns) in areas {
                for row in rows { for column in columns { pixels[row * 28 + column] = level } }
            }
        }
        return pixels
    }

    private func topology(_ pixels: [UInt8], _ labels: [UInt8]?) -> InkTopology {
        InkTopology(of: InkTopology.Bitmaps(pixels: pixels), labels: labels)
    }

    @Test("a ring is a 0 in one piece; paper at the edge is no hole")
    func ring() {
        let ring = digit([(4..<24, 8..<20)], holes: [(8..<20, 12..<16)])
        #expect(topology(ring + ring, [0, 1]) == InkTopology(onePieceShare: 1, rightHolesShare: 0.5))
        let open = digit([(0..<28, 8..<20)], holes: [(8..<28, 12..<16)])
        #expect(topology(open, [1]) == InkTopology(onePieceShare: 1, rightHolesShare: 1))
    }

    @Test("an 8 has two holes, a 4 one or none")
    func holes() {
        let eight = digit([(4..<24, 8..<20)], holes: [(8..<12, 12..<16), (16..<20, 12..<16)])
        #expect(topology(eight + eight, [8, 4]).rightHolesShare == 0.5)
        let closed = digit([(4..<24, 8..<20)], holes: [(8..<12, 12..<16)])
        let stroke = digit([(4..<24, 12..<14)])
        #expect(topology(closed + stroke, [4, 4]).rightHolesShare == 1)
    }

    @Test("a speck is a second piece; pieces that touch at a corner are one")
    func specks() {
        let speck = digit([(4..<24, 12..<14), (20..<21, 20..<21)])
        let corner = digit([(4..<12, 12..<14), (12..<20, 14..<16)])
        #expect(topology(speck + corner, nil) == InkTopology(onePieceShare: 0.5, rightHolesShare: nil))
    }

    @Test("no ink is no piece")
    func empty() {
        #expect(topology(digit([]), [1]).onePieceShare == 0)
    }

    @Test("gray is ink from the middle of the levels up")
    func threshold() {
        let faint = digit([(4..<24, 12..<14)]).map { $0 == 255 ? UInt8(127) : 0 }
        #expect(topology(faint, nil).onePieceShare == 0)
        #expect(topology(faint.map { $0 == 127 ? 128 : 0 }, nil).onePieceShare == 1)
    }
}
