import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("Style that is asked for")
struct StyleTargetTests {
    private let generator: DigitGenerator

    init() throws {
        generator = try DigitGenerator(shipped: "ink")
    }

    private func measured(_ request: DrawRequest) throws -> [MeasuredStyle] {
        let pixels = try generator.images(request).pixels
        return pixels.withUnsafeBufferPointer { pixels in
            stride(from: 0, to: pixels.count, by: 784).map { MeasuredStyle(pixels.baseAddress! + $0) }
        }
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    @Test("what is asked and what is measured agree, for each digit", arguments: Array(0..<10))
    func agreement(digit: UInt8) throws {
        let count = Rounds.count(24, full: 200)
        for (measure, first, last, limit) in [
            (StyleMeasure.slant, -8.0, 25.0, 100.0), (.thickness, 0.09, 0.17, 0), (.width, 0.7, 0.95, 0),
        ] {
            guard measure != .width || digit != 1 else { continue }
            let target = try StyleTarget(measure, first, to: last)
            let request = DrawRequest(
                .number(Digits(values: [digit])), count: count, style: [target], seed: 5)
            let asked = (0..<count).map { target.value(seed: 5, image: $0, position: 0) }
            let found = try measured(request).map { $0[measure] }
            let errors = zip(asked, found).map { asked, found in
                limit > 0 ? abs(Double(found - asked)) : abs(Double(found - asked)) / Double(asked)
            }
            #expect(median(errors) <= (limit > 0 ? limit : 0.03), "\(digit), \(measure): \(median(errors))")
        }
    }

    @Test("measures that are asked for together agree together")
    func together() throws {
        let style = [try StyleTarget(.slant, 15), try StyleTarget(.thickness, 0.12)]
        let found = try measured(
            DrawRequest(.number(try Digits("4")), count: 20, style: style, seed: 2))
        #expect(abs(median(found.map { Double($0.slant) }) - 1_500) < 100)
        #expect(abs(median(found.map { Double($0.thickness) }) - 1_200) < 50)
    }

    @Test("a digit's style does not depend on what is asked of digits that are drawn with it")
    func apart() throws {
        let styles = [
            [try StyleTarget(.thickness, 0.13)], [try StyleTarget(.slant, 5)],
            [try StyleTarget(.slant, 15), try StyleTarget(.thickness, 0.12)],
        ]
        let keys = try styles.map { style in
            let request = DrawRequest(.number(try Digits("47")), count: 12, style: style, seed: 6)
            return try ImageSequence(request, by: generator).keys(request.images)
        }
        let together = generator.render(keys.flatMap { $0 })
        #expect(together == keys.flatMap { generator.render($0) })
    }

    @Test("a digit's style is a function of seed, image and place")
    func parts() throws {
        let style = [try StyleTarget(.slant, 0, to: 20)]
        let number = DrawRequest.Content.number(try Digits("27"))
        let whole = try generator.images(DrawRequest(number, count: 6, style: style, seed: 3))
        let part = try generator.images(DrawRequest(number, count: 2, first: 3, style: style, seed: 3))
        #expect(Array(part[0]) == Array(whole[3]) && Array(part[1]) == Array(whole[4]))
        let threads = try generator.images(DrawRequest(number, count: 6, style: style, seed: 3), threads: 3)
        #expect(threads == whole)
    }

    @Test("on the way from one hand to another, a range is a way, too")
    func sweep() throws {
        let found = try measured(
            DrawRequest(
                .number(try Digits("7")), count: 9, handwriting: .morph(from: 3, to: 4),
                style: [try StyleTarget(.slant, 25, to: -5)], seed: 1))
        #expect(abs(found[0].slant - 2_500) < 150 && abs(found[8].slant + 500) < 150)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.slant > $1.slant })
    }

    @Test("values of a range lie in it, each as likely, and are the same every time")
    func values() throws {
        let target = try StyleTarget(.slant, -1, to: 1)
        let values = (0..<2_000).map { target.value(seed: 4, image: $0, position: 1) }
        #expect(values.allSatisfy { (-100...100).contains($0) } && values.min()! < -95 && values.max()! > 95)
        #expect(abs(values.reduce(0, +)) < 2_000 * 5)
        #expect(values == (0..<2_000).map { target.value(seed: 4, image: $0, position: 1) })
        let other = try StyleTarget(.thickness, 0.1, to: 0.2)
        #expect(other.value(seed: 4, image: 0, position: 1) != other.value(seed: 4, image: 0, position: 2))
    }

    @Test("what no digit has, what this model cannot draw and models without styles are errors")
    func errors() throws {
        #expect(throws: DigitGeneratorError.invalidStyle(.thickness)) { try StyleTarget(.thickness, 12) }
        #expect(throws: DigitGeneratorError.invalidStyle(.slant)) { try StyleTarget(.slant, .nan) }
        let number = DrawRequest.Content.number(try Digits("6"))
        let upsideDown = DrawRequest(number, style: [try StyleTarget(.slant, 20, to: 0)], seed: 1)
        #expect(throws: DigitGeneratorError.invalidStyle(.slant)) { try generator.images(upsideDown) }
        let far = DrawRequest(number, style: [try StyleTarget(.slant, 59)], seed: 1)
        let error = #expect(throws: DigitGeneratorError.self) { try generator.images(far) }
        let text = error?.description(fieldPrefix: "--") ?? ""
        #expect(text.contains("draws a 6 with --slant -") && text.hasSuffix("degrees, not 59"), "\(text)")
        let plain = try DigitGenerator(shipped: "cdcgan")
        let request = DrawRequest(number, style: [try StyleTarget(.slant, 5)], seed: 1)
        #expect(throws: DigitGeneratorError.noStyle(.slant, model: "cdcgan", styleModels: ["ink"])) {
            try plain.images(request)
        }
    }
}
