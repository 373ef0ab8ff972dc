import DigitGen
import Testing

@testable import DigitFields

/// Lines by the model that comes with the program.
enum Lines {
    static let drawer = Result { try LineDrawer(DigitGenerator(LineDrawer.model(.default))) }

    static func draw(
        _ texts: [String], style: LineStyle, seed: UInt64 = 1, first: Int = 0,
        hand: HandChoice = HandChoice(),
        threads: Int? = 1
    ) throws -> [LinePicture] {
        let requests = try texts.enumerated().map { offset, text in
            LineRequest(try FieldText(text), style: style, seed: seed, index: first + offset, hand: hand)
        }
        return try drawer.get().draw(requests, threads: threads) { $1 }.map { try $0.get() }
    }
}

extension LinePicture {
    /// True if a pixel of the columns and rows is not paper.
    func hasInk(x: Range<Int>, y: Range<Int>, paper: UInt8 = 0) -> Bool {
        y.contains { y in x.contains { pixels[y * width + $0] != paper } }
    }

    /// The box around everything that is not paper.
    func inkBox(paper: UInt8 = 0) -> PixelBox? {
        let columns = (0..<width).filter { hasInk(x: $0..<$0 + 1, y: 0..<height, paper: paper) }
        let rows = (0..<height).filter { hasInk(x: 0..<width, y: $0..<$0 + 1, paper: paper) }
        guard let left = columns.first, let right = columns.last, let top = rows.first, let bottom = rows.last
        else { return nil }
        return PixelBox(x: left, y: top, width: right + 1 - left, height: bottom + 1 - top)
    }
}
