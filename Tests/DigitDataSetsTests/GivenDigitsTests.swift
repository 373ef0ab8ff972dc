import DigitImaging
import DigitModel
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitDataSets

@Suite("Digits cut out of a picture")
struct GivenDigitsTests {
    /// A picture of rectangles of ink.
    private func picture(
        _ width: Int, _ height: Int, paper: UInt8 = 255, ink: UInt8 = 0,
        _ rectangles: [(x: Int, y: Int, width: Int, height: Int)]
    ) -> GrayPicture {
        var shades = [UInt8](repeating: paper, count: width * height)
        for rectangle in rectangles {
            for y in rectangle.y..<rectangle.y + rectangle.height {
                for x in rectangle.x..<rectangle.x + rectangle.width { shades[y * width + x] = ink }
            }
        }
        return GrayPicture(width: width, height: height, shades: shades)
    }

    private func digits(_ picture: GrayPicture) -> [[UInt8]] {
        let pixels = DigitCutting.digits(in: picture)
        return stride(from: 0, to: pixels.count, by: 784).map { Array(pixels[$0..<$0 + 784]) }
    }

    @Test(
        "a bar becomes 20 pixels tall in the middle, whatever its size and whichever is dark",
        arguments: [1, 2, 5])
    func frame(scale: Int) {
        let bar = (x: 7 * scale, y: 3 * scale, width: 4 * scale, height: 20 * scale)
        for (paper, ink) in [(UInt8(250), UInt8(20)), (10, 200)] {
            let found = digits(picture(30 * scale, 40 * scale, paper: paper, ink: ink, [bar]))
            #expect(found.count == 1)
            let expected = picture(28, 28, paper: 0, ink: 255, [(x: 13, y: 5, width: 4, height: 20)])
            let isFramed = found.first == expected.shades
            #expect(isFramed)
        }
    }

    @Test("reads lines from the top and each from the left")
    func order() {
        // Widths tell the bars apart; the second of each line stands a little higher.
        let found = digits(
            picture(
                120, 120,
                [(60, 10, 4, 30), (10, 14, 8, 30), (10, 74, 12, 30), (60, 70, 16, 30)]))
        let widths = found.map { digit in (0..<28).count { x in digit[14 * 28 + x] > 127 } }
        #expect(widths.count == 4)
        #expect(widths.indices.sorted { widths[$0] < widths[$1] } == [1, 0, 2, 3])
    }

    @Test("joins the bar of a five to what is below it, and leaves out points, dashes and joined digits")
    func pieces() {
        let five = [(x: 12, y: 10, width: 20, height: 4), (x: 10, y: 17, width: 20, height: 30)]
        let others = [
            (x: 50, y: 40, width: 5, height: 5), (x: 60, y: 28, width: 14, height: 4),
            (x: 90, y: 10, width: 70, height: 36),
        ]
        #expect(digits(picture(180, 60, five + others)).count == 1)
        let isSame = digits(picture(180, 60, five)) == digits(picture(180, 60, five + others))
        #expect(isSame)
    }

    @Test("leaves the digits of a grid apart, as near to each other as digitgen's own")
    func grid() {
        let digits = (0..<12).map { (x: 28 * ($0 % 4) + 8, y: 28 * ($0 / 4) + 4, width: 12, height: 20) }
        #expect(self.digits(picture(4 * 28, 3 * 28, paper: 0, ink: 255, digits)).count == 12)
    }

    @Test("finds nothing on plain paper")
    func plain() {
        #expect(digits(picture(40, 40, [])).isEmpty)
        #expect(digits(picture(40, 40, paper: 128, ink: 120, [(10, 10, 4, 20)])).isEmpty)
        #expect(digits(picture(1, 1, [])).isEmpty)
    }

    @Test("cuts out a digit of more than a thousand pieces in no time")
    func manyPieces() {
        let squares = (0..<40).flatMap { y in
            (0..<40).map { x in (x: 10 + 10 * x, y: 20 + 10 * y, width: 8, height: 8) }
        }
        let bar = (x: 10, y: 10, width: 398, height: 9)
        let found = digits(picture(420, 430, [bar] + squares))
        #expect(found.count == 1)
        // The ink of all pieces is there: none of its 20 rows is empty.
        let inkedRows = (0..<28).count { y in (0..<28).contains { x in found.first?[28 * y + x] ?? 0 > 0 } }
        #expect(inkedRows == 20)
    }

    @Test("leaves out the ink of other digits, also inside a digit's frame")
    func neighbours() {
        // An angle, and a block that stands on the end of its foot, but for a gap.
        let angle = [(x: 22, y: 10, width: 8, height: 40), (x: 22, y: 44, width: 30, height: 6)]
        let block = (x: 44, y: 10, width: 20, height: 30)
        let alone = digits(picture(80, 60, angle))
        let together = digits(picture(80, 60, angle + [block]))
        #expect(alone.count == 1 && together.count == 2)
        let isUnchanged = together.first == alone.first
        #expect(isUnchanged)
    }

    @Test("finds nothing in the grain of paper, in no time")
    func grain() {
        let dots = (0..<200).flatMap { y in (0..<200).map { x in (x: 3 * x, y: 3 * y, width: 1, height: 1) } }
        #expect(digits(picture(600, 600, dots)).isEmpty)
    }

    @Test("what is drawn anew from any picture of noise is in frames")
    func noise() {
        var random = SeededRandom(seed: 0xC077)
        for _ in 0..<Rounds.count(50, full: 1_000) {
            let (width, height) = (
                Int.random(in: 1...60, using: &random), Int.random(in: 1...60, using: &random)
            )
            let share = Int.random(in: 1...100, using: &random)
            let shades = (0..<width * height).map { _ in
                Int.random(in: 0..<100, using: &random) < share
                    ? UInt8.random(in: 0...255, using: &random) : 255
            }
            let pixels = DigitCutting.digits(in: GrayPicture(width: width, height: height, shades: shades))
            for start in stride(from: 0, to: pixels.count, by: 784) {
                let inked = (0..<784).filter { pixels[start + $0] > 0 }
                let (rows, columns) = (inked.map { $0 / 28 }, inked.map { $0 % 28 })
                #expect(pixels[start..<start + 784].max() == 255)
                #expect(rows.max()! - rows.min()! < 20 && columns.max()! - columns.min()! < 20)
            }
        }
    }

    @Test("reads IDX with the labels beside it, and says what is wrong with other files")
    func files() throws {
        let folder = TemporaryFolder()
        let images = (0..<2 * 784).map { UInt8($0 % 251) }
        folder.write(IDXFormat.header([2, 28, 28]) + images, to: "five.idx")
        var given = try GivenDigits(contentsOf: folder.path("five.idx"))
        let isSame = given.pictures == images
        #expect(isSame && given.labels == nil)
        folder.write(IDXFormat.header([2]) + [4, 7], to: "five-labels.idx")
        given = try GivenDigits(contentsOf: folder.path("five.idx"))
        #expect(given.labels == [4, 7])
        folder.write(IDXFormat.header([3]) + [4, 7, 1], to: "five-labels.idx")
        #expect(throws: DataSetError.self) { try GivenDigits(contentsOf: folder.path("five.idx")) }
        folder.write(IDXFormat.header([2, 28, 28]) + images, to: "five-images-idx3-ubyte")
        folder.write(
            IDXBytes.gzip(IDXFormat.header([2]) + [4, 7]), to: "five-labels-idx1-ubyte.gz")
        given = try GivenDigits(contentsOf: folder.path("five-images-idx3-ubyte"))
        #expect(given.labels == [4, 7])
        for (name, bytes, kind) in [
            ("text.txt", Array("hello".utf8), ""),
            ("photo.jpg", [0xFF, 0xD8, 0xFF], "it is a JPEG picture; "),
        ] as [(String, [UInt8], String)] {
            let path = folder.write(bytes, to: name)
            let reason = "\(kind)expected a PNG or an IDX file of images"
            #expect(throws: DataSetError.malformed(path: path, reason: reason)) {
                try GivenDigits(contentsOf: path)
            }
        }
        #expect(throws: DataSetError.self) { try GivenDigits(contentsOf: folder.path("nothing.png")) }
    }
}
