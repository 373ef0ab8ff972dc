import DigitImaging
import TestSupport
import Testing

@Suite("Fitting a screen")
struct ScreenFitTests {
    /// The columns, the images and the digits' arrangement on a terminal of blocks.
    private func fit(
        _ count: Int, digits: Int = 1, _ width: Int, _ height: Int?, columns: Int? = nil, padding: Int = 0
    ) throws -> [Int] {
        let fit = ScreenFit(
            count: count, digits: digits, cell: 28,
            on: ScreenFit.Screen(width: width, height: height, smallest: 1.0 / 3),
            layout: try GridLayout(columns: columns, padding: padding))
        return [fit.columns, fit.count, fit.digitsPerLine, fit.lines]
    }

    @Test("all images are shown, as large as can be")
    func whole() throws {
        #expect(try fit(1, 80, 40) == [1, 1, 1, 1])
        #expect(try fit(16, 80, 40) == [6, 16, 1, 1])
        #expect(try fit(10, 200, 100) == [5, 10, 1, 1])
        #expect(try fit(7, 200, 100) == [7, 7, 1, 1])
    }

    @Test("of too many images, as many are shown as fit at a third of their size")
    func cut() throws {
        #expect(try fit(200, 80, 40) == [8, 32, 1, 1])
        #expect(try fit(200, 80, 5) == [8, 8, 1, 1])
        #expect(try fit(200, 5, 5) == [1, 1, 1, 1])
    }

    @Test("columns that were asked for are kept, and rows left out")
    func fixed() throws {
        #expect(try fit(100, 80, 40, columns: 10) == [10, 50, 1, 1])
        #expect(try fit(100, 80, 40, columns: 1) == [1, 4, 1, 1])
        #expect(try fit(3, 80, 40, columns: 1, padding: 4) == [1, 3, 1, 1])
    }

    @Test("a number is broken when it would be less than a third of its size, and then cut")
    func numbers() throws {
        #expect(try fit(1, digits: 8, 80, 40) == [1, 1, 8, 1])
        #expect(try fit(1, digits: 9, 80, 40) == [1, 1, 5, 2])
        #expect(try fit(1, digits: 20, 80, 40) == [1, 1, 7, 3])
        #expect(try fit(1, digits: 64, 80, 40) == [1, 1, 8, 4])
        #expect(try fit(4, digits: 2, 80, 60) == [2, 4, 2, 1])
    }

    @Test("where there is no end, everything is shown")
    func endless() throws {
        #expect(try fit(200, 80, nil) == [5, 200, 1, 1])
        #expect(try fit(3, 200, nil) == [3, 3, 1, 1])
        #expect(try fit(1, digits: 64, 80, nil) == [1, 1, 8, 8])
    }

    @Test("what is chosen fits, whatever the sizes")
    func random() throws {
        var random = SeededRandom(seed: 94)
        for _ in 0..<300 {
            let (count, digits) = (
                Int.random(in: 1...200, using: &random), Int.random(in: 1...64, using: &random)
            )
            let (width, height) = (
                Int.random(in: 1...300, using: &random), Int.random(in: 1...200, using: &random)
            )
            let found = try fit(count, digits: digits, width, height)
            #expect((1...count).contains(found[1]) && (1...found[1]).contains(found[0]), "seed 94")
            #expect((1...digits).contains(found[2]) && (found[3] - 1) * found[2] < digits, "seed 94")
            let isLarge = width >= 28 && height >= 28
            let (wide, high) = (28 * found[2] * found[0], 28 * found[3] * ((found[1] - 1) / found[0] + 1))
            #expect(
                !isLarge || (wide <= 3 * width && high <= 3 * height),
                "seed 94: \(found) on \(width)×\(height)")
        }
    }

    @Test("the lines of a broken number hold its digits in their order, and nothing after the last")
    func broken() throws {
        let size = try ImageStack.Size(width: 5 * 28, height: 28)
        let row = (0..<5).flatMap { [UInt8](repeating: UInt8($0 + 1), count: 28) }
        let stack = try ImageStack(size: size, pixels: (0..<28).flatMap { _ in row })
        let fit = ScreenFit(
            count: 1, digits: 5, cell: 28, on: ScreenFit.Screen(width: 28, height: 60, smallest: 0.5),
            layout: try GridLayout())
        #expect([fit.digitsPerLine, fit.lines] == [2, 3])
        let broken = try stack.broken(fit)
        #expect(broken.size.width == 56 && broken.size.height == 84 && broken.count == 1)
        let corners = [(0, 0), (28, 0), (0, 28), (55, 55), (0, 83), (28, 83)].map { x, y in
            broken.pixels[y * 56 + x]
        }
        #expect(corners == [1, 2, 3, 4, 5, 0])
    }
}
