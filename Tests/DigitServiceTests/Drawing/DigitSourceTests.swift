import DigitGen
import DigitService
import TestSupport
import Testing

@Suite("Digit sources")
struct DigitSourceTests {
    private let generator: DigitGenerator

    init() throws {
        generator = try DigitGenerator(bytes: SampleBundle.encoded())
    }

    @Test("a source draws what the library draws, from any image on")
    func sameAsLibrary() throws {
        let numbers = try generator.images(of: "407", count: 20, seed: 5)
        let source = try DigitSource(generator, choice: .number([4, 0, 7]), seed: 5)
        #expect(try source.images(0..<20).pixels == numbers.pixels)
        let part = try source.images(13..<20)
        #expect(part.pixels == Array((13..<20).flatMap { numbers[$0] }))
        #expect(part.count == 7 && part.size.width == 84)
        let drawn = try generator.images(count: 23, seed: 6)
        let cycle = try DigitSource(generator, choice: .cycle(Array(0...9)), seed: 6)
        #expect(try cycle.images(0..<23).pixels == drawn.pixels)
        #expect(cycle.labels(0..<23).map { String($0) } == drawn.labels)
    }

    @Test("neither threads nor pieces change a pixel")
    func threadsAndPieces() throws {
        let whole = try DigitSource(generator, choice: .cycle([3, 1]), seed: 7).images(0..<1500).pixels
        let source = try DigitSource(generator, choice: .cycle([3, 1]), seed: 7, threads: 3)
        #expect(try source.images(0..<1500).pixels == whole)
        #expect(try source.images(700..<701).pixels == Array(whole[700 * 784..<701 * 784]))
    }

    @Test("pieces follow each other and fit into memory")
    func pieces() throws {
        var random = SeededRandom(seed: 62)
        for digits in [1, 5, 64] {
            let number = [UInt8](repeating: 1, count: digits)
            let source = try DigitSource(generator, choice: .number(number), seed: 1)
            let start = Int.random(in: 0...100_000, using: &random)
            let range = start..<start + Int.random(in: 0...100_000, using: &random)
            let pieces = Array(source.pieces(of: range))
            #expect(pieces.first?.lowerBound ?? start == start)
            #expect(pieces.reduce(0) { $0 + $1.count } == range.count, "seed 62")
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            #expect(pieces.allSatisfy { !$0.isEmpty && $0.count * source.size.pixelCount <= 1 << 22 })
        }
    }

    @Test("pieces are handed over in their order, while the next are drawn", arguments: [1, 3])
    func handOver(threads: Int) throws {
        let source = try DigitSource(generator, choice: .cycle([3, 1]), seed: 7, threads: threads)
        let range = 100..<6000
        var pieces: [Range<Int>] = []
        var pixels: [UInt8] = []
        try source.draw(range) { piece, images in
            pieces.append(piece)
            pixels += images.pixels
        }
        #expect(pieces == Array(source.pieces(of: range)) && pieces.count > 1)
        #expect(try source.images(range).pixels == pixels)
    }

    @Test("what goes wrong with a piece ends the drawing")
    func failedHandOver() throws {
        struct Full: Error {}
        let source = try DigitSource(generator, choice: .any, seed: 7, threads: 2)
        var taken = 0
        #expect(throws: Full.self) {
            try source.draw(0..<10_000) { _, _ in
                taken += 1
                if taken == 2 { throw Full() }
            }
        }
        #expect(taken == 2)
    }

    @Test("labels are as many as the images show digits")
    func labels() throws {
        let number = try DigitSource(generator, choice: .number([9, 0]), seed: 1)
        #expect(number.labels(4..<6) == [9, 0, 9, 0])
        let any = try DigitSource(generator, choice: .any, seed: 1)
        #expect(any.labels(0..<5) == [] && any.labelsPerImage == 0)
    }
}
