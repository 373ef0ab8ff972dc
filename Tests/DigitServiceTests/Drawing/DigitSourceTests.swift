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

    private func makeSource(
        _ content: DrawRequest.Content, seed: UInt64 = 7, threads: Int = 1
    ) throws -> DigitSource {
        try DigitSource(DrawRequest(content, seed: seed), by: generator, threads: threads)
    }

    @Test("a source draws what the library draws, from any image on")
    func sameAsLibrary() throws {
        let numbers = try generator.images(of: "407", count: 20, seed: 5)
        let source = try makeSource(.number(Digits("407")), seed: 5)
        #expect(try source.images(0..<20).pixels == numbers.pixels)
        let part = try source.images(13..<20)
        #expect(part.pixels == Array((13..<20).flatMap { numbers[$0] }))
        #expect(part.count == 7 && part.size.width == 84)
        let drawn = try generator.images(count: 23, seed: 6)
        let cycle = try makeSource(.any, seed: 6)
        #expect(try cycle.images(0..<23).pixels == drawn.pixels)
        #expect(cycle.sequence.captions(0..<23) == drawn.labels)
    }

    @Test("neither threads nor pieces change a pixel")
    func threadsAndPieces() throws {
        let whole = try makeSource(.inTurn(Digits("31"))).images(0..<1500).pixels
        let source = try makeSource(.inTurn(Digits("31")), threads: 3)
        #expect(try source.images(0..<1500).pixels == whole)
        #expect(try source.images(700..<701).pixels == Array(whole[700 * 784..<701 * 784]))
    }

    @Test("pieces follow each other and fit into memory")
    func pieces() throws {
        var random = SeededRandom(seed: 62)
        for digits in [1, 5, 64] {
            let source = try makeSource(.number(Digits(String(repeating: "1", count: digits))))
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
        let source = try makeSource(.inTurn(Digits("31")), threads: threads)
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

    @Test("an error while a piece is taken ends the drawing")
    func failedHandOver() throws {
        struct Full: Error {}
        let source = try makeSource(.any, threads: 2)
        var taken = 0
        #expect(throws: Full.self) {
            try source.draw(0..<10_000) { _, _ in
                taken += 1
                if taken == 2 { throw Full() }
            }
        }
        #expect(taken == 2)
    }

    @Test("labels are as many as the images show digits, and none for an unconditional model")
    func labels() throws {
        let number = try makeSource(.number(Digits("90"))).sequence
        #expect(number.labels(4..<6) == [9, 0, 9, 0] && number.labelsPerImage == 2)
        let unconditional = try DigitGenerator(bytes: SampleBundle.encoded(isConditional: false))
        let any = try DigitSource(DrawRequest(), by: unconditional).sequence
        #expect(any.labels(0..<5) == [] && any.labelsPerImage == 0)
    }
}
