import TestSupport
import Testing

@testable import DigitGen

@Suite("Requests")
struct DrawRequestTests {
    private func request(
        _ digits: String? = nil, count: Int = 2, first: Int = 0, style: UInt64? = nil, vary: Double? = nil,
        morph: (UInt64, UInt64)? = nil
    ) throws -> DrawRequest {
        try DrawRequest(
            digits: digits.map { try Digits($0) }, count: count, first: first, style: style,
            vary: vary.map { try #require(Fraction($0)) },
            morph: morph.map { DrawRequest.Morph(first: $0, last: $1) }, countLimit: 100)
    }

    private func failure(_ make: @autoclosure () throws -> DrawRequest) -> DigitGeneratorError? {
        #expect(throws: DigitGeneratorError.self) { try make() }
    }

    @Test("digits keep their zeros, and are 1 to 64")
    func digits() throws {
        #expect(try Digits("007").description == "007" && Digits("007").values == [0, 0, 7])
        #expect(try Digits("007") != Digits("7"))
        for text in ["", "x", "7 ", "+7", "٣", "7\0"] {
            #expect(throws: DigitGeneratorError.invalidDigits(text)) { try Digits(text) }
        }
        #expect(throws: DigitGeneratorError.tooManyDigits(65, limit: 64)) {
            try Digits(String(repeating: "7", count: 65))
        }
    }

    @Test("independent options make a content and a hand")
    func options() throws {
        let seven = DrawRequest.Content.number(try Digits("7"))
        #expect(try request("7") == DrawRequest(seven, count: 2))
        #expect(try request() == DrawRequest(.any, count: 2))
        let half = try #require(Fraction(0.5))
        let varied = try request("7", style: 3, vary: 0.5)
        #expect(varied.handwriting == .style(3) && varied.vary == half)
        #expect(try request("7", vary: 0.5) == DrawRequest(seven, count: 2, vary: half))
        let styles = try request("7", morph: (3, 12))
        #expect(styles.content == seven && styles.handwriting == .morph(from: 3, to: 12))
        let digits = try request(style: 4, morph: (3, 8))
        #expect(digits.content == .morph(from: 3, to: 8) && digits.handwriting == .style(4))
    }

    @Test("options that do not go together are an error, in the words of library and command line")
    func contradictions() throws {
        let styleAndMorph = failure(try request("7", style: 1, morph: (3, 8)))
        #expect(styleAndMorph == .mutuallyExclusive(.style, .morph))
        #expect(styleAndMorph?.description == "style and morph are mutually exclusive")
        #expect(styleAndMorph?.description(fieldPrefix: "--") == "--style and --morph are mutually exclusive")
        #expect(failure(try request(style: 1, vary: 0.5, morph: (3, 8))) == .mutuallyExclusive(.vary, .morph))
        #expect(failure(try request(morph: (3, 10))) == .invalidMorph)
        #expect(failure(try request("7", first: 1, morph: (3, 8))) == .mutuallyExclusive(.first, .morph))
    }

    @Test("a count has bounds, and a morph needs both of its ends")
    func counts() throws {
        for count in [Int.min, -1, 0, 101, .max] {
            let error = failure(try request("7", count: count))
            #expect(error == .invalidCount(count, allowed: 1...100))
            #expect(error?.description == "count must be 1…100")
        }
        let error = failure(try request("7", count: 1, morph: (3, 8)))
        #expect(error == .invalidCount(1, allowed: 2...100))
        #expect(error?.description(fieldPrefix: "--") == "--count must be 2…100 with --morph")
        for first in [Int.min, -1, 1 << 53, .max] {
            #expect(failure(try request("7", first: first)) == .invalidFirst(first))
        }
    }

    @Test("whatever a library's request says, it is drawn or refused")
    func anyRequest() throws {
        let generator = try DigitGenerator(bytes: SampleBundle.encoded())
        let unconditional = try DigitGenerator(bytes: SampleBundle.encoded(isConditional: false))
        let contents: [DrawRequest.Content] = [
            .any, .number(try Digits("70")), .inTurn(try Digits("338")), .morph(from: 3, to: 8),
            .morph(from: 3, to: 255),
        ]
        let hands: [Handwriting] = [
            .perImage, .style(.max), .styles(from: .max, imagesEach: .min), .morph(from: 0, to: .max),
        ]
        for content in contents {
            for hand in hands {
                for (count, first) in [(0, 0), (1, 0), (3, 0), (3, 1 << 53 - 1), (.max, .max), (2, -1)] {
                    let request = DrawRequest(content, count: count, first: first, handwriting: hand, seed: 1)
                    for generator in [generator, unconditional] {
                        guard let images = try? generator.images(request) else { continue }
                        #expect(images.count == count && images.seed == 1)
                        #expect(images.pixels.count == count * images.width * images.height)
                    }
                }
            }
        }
        #expect(throws: DigitGeneratorError.unknownDigits([255], model: "sample", known: Array(0...9))) {
            try generator.images(DrawRequest(.morph(from: 3, to: 255), count: 2))
        }
    }

    @Test("a later first image is the same image, and a random seed comes back")
    func first() throws {
        let generator = try DigitGenerator(bytes: SampleBundle.encoded())
        let all = try generator.images(of: "7", count: 9, seed: 4)
        let some = try generator.images(
            DrawRequest(.number(try Digits("7")), count: 2, first: 7, seed: 4))
        #expect(some.pixels == Array(all[7]) + Array(all[8]))
        let random = try generator.images(DrawRequest(count: 3))
        #expect(try random == generator.images(count: 3, seed: random.seed))
    }
}
