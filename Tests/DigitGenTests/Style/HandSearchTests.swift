import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("A hand that is like given digits")
struct HandSearchTests {
    private let generator: DigitGenerator
    private let size = ImageSize.mnist.pixelCount

    init() throws {
        generator = try DigitGenerator(shipped: "ink")
    }

    /// Digits in one hand, one after the other.
    private func digits(_ text: String, hand: UInt64, seed: UInt64 = 1) throws -> [UInt8] {
        let request = DrawRequest(.number(try Digits(text)), handwriting: .style(hand), seed: seed)
        let sequence = try ImageSequence(request, by: generator)
        return generator.render(sequence.keys(request.images))
    }

    private func mean(_ measure: StyleMeasure, _ pictures: [UInt8]) -> Double {
        let count = pictures.count / size
        return pictures.withUnsafeBufferPointer { pictures in
            (0..<count).reduce(0) {
                $0 + Double(MeasuredStyle(pictures.baseAddress! + $1 * size)[measure])
            } / Double(count)
        }
    }

    @Test("is as slanted, and as thick, as the given one", arguments: [StyleMeasure.slant, .thickness])
    func likeness(measure: StyleMeasure) throws {
        // Hands whose other digits differ as much as those of thirty do.
        let sorted = try (100..<130).map { hand in
            (hand: UInt64(hand), value: mean(measure, try digits("56789", hand: UInt64(hand))))
        }.sorted { $0.value < $1.value }
        let (least, greatest) = (sorted[1], sorted[28])
        let found = try [least, greatest].map { hand in
            let like = try generator.hand(like: digits("01234", hand: hand.hand), digits: [0, 1, 2, 3, 4])
            return mean(measure, try digits("56789", hand: like.number, seed: 2))
        }
        #expect(found[1] - found[0] > (greatest.value - least.value) / 3)
    }

    @Test("recognizes most digits")
    func recognition() throws {
        let given = try digits("01234567890123456789", hand: 50)
        let shown = try generator.hand(like: given).digits
        #expect(shown.indices.count { Int(shown[$0]) == $0 % 10 } >= 18)
    }

    @Test("does not depend on threads, empty pictures, or what comes after 20 digits")
    func independence() throws {
        let given = try digits("70412", hand: 8)
        let hand = try generator.hand(like: given, digits: [7, 0, 4, 1, 2])
        #expect(hand.digits == [7, 0, 4, 1, 2])
        #expect(try generator.hand(like: given, digits: [7, 0, 4, 1, 2], threads: 2) == hand)
        let empty = [UInt8](repeating: 0, count: size)
        #expect(try generator.hand(like: empty + given, digits: [3, 7, 0, 4, 1, 2]) == hand)
        let many = (0..<20).flatMap { _ in given[..<size] }
        let one = [UInt8](repeating: 7, count: 20)
        #expect(
            try generator.hand(like: many, digits: one)
                == generator.hand(like: many + given[size...], digits: one + [0, 4, 1, 2]))
    }

    @Test("needs ink, digits that the model draws, and a model that obeys a style")
    func errors() throws {
        #expect(throws: DigitGeneratorError.noInkInExample) {
            try generator.hand(like: [UInt8](repeating: 0, count: 2 * size))
        }
        #expect(throws: DigitGeneratorError.noInkInExample) { try generator.hand(like: []) }
        let given = try digits("7", hand: 8)
        #expect(
            throws: DigitGeneratorError.unknownDigits([12], model: "ink", known: Array(0...9))
        ) { try generator.hand(like: given, digits: [12]) }
        #expect(throws: DigitGeneratorError.noStyle(.like, model: "cdcgan", styleModels: ["ink"])) {
            try DigitGenerator(shipped: "cdcgan").hand(like: given)
        }
    }
}
