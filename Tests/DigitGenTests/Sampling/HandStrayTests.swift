import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("A hand's stray")
struct HandStrayTests {
    private let generator: DigitGenerator
    private let natural = HandStray(slant: 13_000, thickness: 11_000, width: 13_000, rest: 12_000)

    init() throws {
        var manifest = SampleBundle.manifest
        manifest.stray = natural
        generator = try DigitGenerator(bytes: try SampleBundle.encoded(manifest: manifest))
    }

    /// The images of each digit of the number, one after the other.
    private func digits(_ request: DrawRequest) throws -> [[UInt8]] {
        let sequence = try ImageSequence(request, by: generator)
        let pixels = generator.render(sequence.keys(request.images))
        return stride(from: 0, to: pixels.count, by: 784).map { Array(pixels[$0..<$0 + 784]) }
    }

    @Test("no two equal digits of a number are equal, nor those of two numbers in one hand")
    func distinct() throws {
        let request = DrawRequest(.number(try Digits("777")), count: 50, handwriting: .style(5), seed: 1)
        #expect(Set(try digits(request)).count == 150)
    }

    @Test("without variation, equal digits of a hand are equal")
    func none() throws {
        let request = DrawRequest(
            .number(try Digits("777")), count: 3, handwriting: .style(5), vary: Fraction.none, seed: 1)
        #expect(Set(try digits(request)).count == 1)
        let each = DrawRequest(.number(try Digits("77")), count: 3, vary: Fraction.none, seed: 1)
        #expect(Set(try digits(each)).count == 3)
    }

    @Test("a digit is a function of seed, image and place: any part of a request can be drawn alone")
    func parts() throws {
        let number = DrawRequest.Content.number(try Digits("70707"))
        let whole = try digits(DrawRequest(number, count: 20, seed: 3))
        let part = try digits(DrawRequest(number, count: 5, first: 10, seed: 3))
        #expect(part == Array(whole[50..<75]))
        let start = try digits(DrawRequest(.number(try Digits("70")), count: 20, seed: 3))
        #expect(start[2...3] == whole[5...6])
        #expect(try digits(DrawRequest(number, count: 20, seed: 4)) != whole)
    }

    @Test("digits of one hand are closer to each other than those of two, and at 1 they are not")
    func closeness() throws {
        func codes(_ hand: UInt64, _ image: Int, _ extent: HandStray) -> [Int] {
            var codes = [UInt8](repeating: 0, count: 64)
            let latent = Latent.style(hand).straying(extent, seed: 9, index: UInt64(image), position: 0)
            codes.withUnsafeMutableBufferPointer { LatentSampler().fill($0, with: latent) }
            return codes.map { Int($0) - 128 }
        }
        func correlation(_ first: [Int], _ second: [Int]) -> Double {
            let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
            let squares = [first, second].map { Double($0.reduce(0) { $0 + $1 * $1 }) }
            return Double(product) / (squares[0] * squares[1]).squareRoot()
        }
        func mean(_ extent: HandStray) -> Double {
            (0..<200).reduce(0) { sum, hand in
                let first = codes(UInt64(hand), hand, extent)
                let second = codes(UInt64(hand), hand + 1_000, extent)
                return sum + correlation(first, second)
            } / 200
        }
        // (1 − t)² / ((1 − t)² + t²)
        #expect(abs(mean(HandStray(12_000)) - 0.75) < 0.03)
        #expect(abs(mean(HandStray(HandStray.whole))) < 0.03)
        #expect(mean(HandStray(0)) > 0.999)
    }

    @Test("each part of the latent strays as far as it should")
    func extents() {
        func codes(_ extent: HandStray) -> [UInt8] {
            var codes = [UInt8](repeating: 0, count: 64)
            let latent = Latent.style(4).straying(extent, seed: 9, index: 7, position: 2)
            codes.withUnsafeMutableBufferPointer { LatentSampler().fill($0, with: latent) }
            return codes
        }
        let (hand, away) = (codes(HandStray(0)), codes(HandStray(HandStray.whole)))
        let slant = codes(HandStray(slant: HandStray.whole, thickness: 0, width: 0, rest: 0))
        #expect(slant[0] == away[0] && slant[1...] == hand[1...])
        let rest = codes(HandStray(slant: 0, thickness: 0, width: 0, rest: HandStray.whole))
        #expect(rest[..<3] == hand[..<3] && rest[3...] == away[3...])
    }

    @Test("between two hands each digit keeps its stray, and between two digits it has none")
    func morphs() throws {
        func hand(_ handwriting: Handwriting, count: Int) throws -> [[UInt8]] {
            try digits(
                DrawRequest(.number(try Digits("77")), count: count, handwriting: handwriting, seed: 1))
        }
        let ways = try hand(.morph(from: 5, to: 6), count: 3)
        #expect(try ways[0...1] == hand(.style(5), count: 1)[...])
        #expect(try Array(ways[4...5]) == hand(.style(6), count: 1))
        #expect(ways[0] != ways[1] && ways[0] != ways[2])
        let between = try digits(
            DrawRequest(.morph(from: 7, to: 7), count: 2, handwriting: .style(5), seed: 1))
        #expect(between[0] == between[1])
        let plain = DrawRequest(
            .number(try Digits("7")), handwriting: .style(5), vary: Fraction.none, seed: 1)
        #expect(try digits(plain) == [between[0]])
    }

    @Test("digits of models without hands vary only from a style")
    func missing() throws {
        let plain = try DigitGenerator(bytes: try SampleBundle.encoded())
        #expect(!plain.hasHands && generator.hasHands)
        let request = DrawRequest(.number(try Digits("7")), vary: Fraction(0.5), seed: 1)
        #expect(throws: DigitGeneratorError.missing(.style, neededBy: .vary)) { try plain.images(request) }
        #expect(throws: Never.self) { try generator.images(request) }
    }
}
