import DigitModel
import TestSupport
import Testing

@testable import DigitGen

@Suite("Requests for ink")
struct InkRequestTests {
    private func generator(tier: KernelTier = KernelTier.available[0]) throws -> DigitGenerator {
        try DigitGenerator(Bundle(compressed: SampleBundle.encodedInk()), tier: tier)
    }

    private func request(
        _ digits: String = "7", count: Int = 1, first: Int = 0, size: Int
    ) throws -> DrawRequest {
        DrawRequest(
            .number(try Digits(digits)), count: count, first: first, seed: 1, finish: .ink(size: size))
    }

    @Test("the same request gives the same pixels on every tier and any number of threads")
    func threads() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        // Enough pixels for threads.
        let size = Int.random(in: 110...120, using: &random)
        let request = try request(count: 17, size: size)
        let expected = try generator().images(request)
        #expect(expected.width == size && expected.height == size)
        #expect(Set(expected.pixels).count > 50, "random weights should give all kinds of edges")
        for threads in [2, 16] {
            #expect(try generator().images(request, threads: threads) == expected, "seed \(seed)")
        }
        let small = try self.request(count: 3, size: size)
        for tier in KernelTier.available {
            let images = try generator(tier: tier).images(small)
            let beginning = Array(expected.pixels.prefix(images.pixels.count))
            #expect(images.pixels == beginning, "tier \(tier.name), seed \(seed)")
        }
    }

    @Test("an image is the drawing of its field, whatever is drawn with it")
    func fields() throws {
        let generator = try generator()
        let images = try generator.images(request(count: 20, size: 57))
        let later = try generator.images(request(count: 3, first: 17, size: 57))
        #expect(later.pixels == (17..<20).flatMap { Array(images[$0]) })
        let keys = (0..<20).map { ImageKey(seed: 1, index: UInt64($0), label: 7) }
        generator.plan.run(keys) { index, field in
            var pixels = [UInt8](repeating: 0, count: 57 * 57)
            InkDrawing.draw(field, stride: 32, side: 57, into: &pixels)
            #expect(pixels == Array(images[index]))
            let values = (0..<784).map { Int(field[$0 / 28 * 32 + $0 % 28]) }
            var codes = [UInt8](repeating: 0, count: generator.plan.architecture.latentSize)
            codes.withUnsafeMutableBufferPointer { generator.plan.sampler.fill($0, with: keys[index].latent) }
            let source = codes.withUnsafeBufferPointer {
                InkSource(codes: $0, digit: 7, rule: generator.plan.sourceRule)
            }
            let ink = ReferenceFinishing.picture(of: values, source)
            #expect(ink == generator.render([keys[index]]), "the finish of MNIST is that of the same field")
        }
    }

    @Test("the digits of a number stand side by side")
    func numbers() throws {
        let generator = try generator()
        let number = try generator.images(request("907", count: 2, size: 40))
        #expect(number.width == 120 && number.height == 40)
        for (place, digit) in ["9", "0", "7"].enumerated() {
            let alone = try generator.images(request(digit, count: 2, size: 40))
            for index in 0..<2 {
                let part = (0..<40).flatMap { row in
                    let start = number[index].startIndex + row * 120 + place * 40
                    return Array(number[index][start..<start + 40])
                }
                #expect(part == Array(alone[index]))
            }
        }
    }

    @Test("a size and the name of a finish give a finish")
    func finishes() throws {
        #expect(try Finish(nil, size: nil) == .mnist && Finish(nil, size: 28) == .mnist)
        #expect(try Finish(.mnist, size: 28) == .mnist && Finish(.ink, size: nil) == .ink(size: 28))
        #expect(try Finish(nil, size: 29) == .ink(size: 29) && Finish(.ink, size: 2048) == .ink(size: 2048))
        for size in [Int.min, 0, 7, 2049, .max] {
            #expect(throws: DigitGeneratorError.invalidSize(size, finish: .ink(size: size))) {
                try Finish(.ink, size: size)
            }
        }
        let error = #expect(throws: DigitGeneratorError.self) { try Finish(.mnist, size: 56) }
        #expect(error?.description == "size must be 28 with finish mnist")
    }

    @Test("sizes out of range, too many pixels and models without ink are errors")
    func refusals() throws {
        let generator = try generator()
        for size in [Int.min, 0, 7, 2049, .max] {
            let error = #expect(throws: DigitGeneratorError.self) {
                try generator.images(request(size: size))
            }
            #expect(error?.description(fieldPrefix: "--") == "--size must be 8…2048")
        }
        #expect(throws: DigitGeneratorError.invalidCount(3907, allowed: 1...3906)) {
            try generator.images(request(count: 3907, size: 448))
        }
        let pixels = try DigitGenerator(bytes: SampleBundle.encoded())
        let error = #expect(throws: DigitGeneratorError.self) { try pixels.images(request(size: 28)) }
        #expect(
            error?.description(fieldPrefix: "--")
                == "the model \"sample\" draws no ink; --finish ink needs one that does"
                + (DigitGenerator.inkModels.isEmpty ? "" : ", such as ink"))
        #expect(generator.drawsInk && !pixels.drawsInk)
    }
}
