import TestSupport
import Testing
import DigitModel

@testable import DigitGen

@Suite("Handwritings")
struct HandwritingTests {
    private let generator: DigitGenerator

    init() throws {
        let bundle = try SampleBundle.encoded()
        generator = try DigitGenerator(bytes: bundle)
    }

    @Test("a style draws the same image for every seed and index")
    func style() throws {
        let first = try generator.images(of: "4", count: 3, seed: 1, handwriting: .style(12))
        let other = try generator.images(of: "4", count: 3, seed: 2, handwriting: .style(12))
        #expect(first.pixels == other.pixels)
        #expect(Array(first[0]) == Array(first[2]))
        let another = try generator.images(of: "4", count: 1, seed: 1, handwriting: .style(13))
        #expect(Array(another[0]) != Array(first[0]))
    }

    @Test("varied by nothing a style is itself, varied wholly each image has a hand of its own")
    func vary() throws {
        func images(_ handwriting: Handwriting, vary: Fraction? = nil) throws -> [UInt8] {
            try generator.images(of: "4", count: 5, seed: 3, handwriting: handwriting, vary: vary).pixels
        }
        #expect(try images(.style(12), vary: Fraction.none) == images(.style(12)))
        #expect(try images(.style(12), vary: .full) == images(.perImage))
        let half = try images(.style(12), vary: Fraction(0.5))
        #expect(Array(half[..<784]) != Array(half[784..<1568]))
    }

    @Test("a morph begins in one style and ends in the other")
    func morph() throws {
        let images = try generator.images(
            of: "58", count: 7, seed: 3, handwriting: .morph(from: 12, to: 13))
        let first = try generator.images(of: "58", count: 1, seed: 0, handwriting: .style(12))
        let last = try generator.images(of: "58", count: 1, seed: 0, handwriting: .style(13))
        #expect(Array(images[0]) == Array(first[0]))
        #expect(Array(images[6]) == Array(last[0]))
        #expect(Array(images[3]) != Array(first[0]))
    }

    @Test("a row of styles has one after the other")
    func styles() throws {
        let images = try generator.images(
            of: "1", count: 6, seed: 3, handwriting: .styles(from: .max, imagesEach: 3))
        for (index, number) in [UInt64.max, .max, .max, 0, 0, 0].enumerated() {
            let style = try generator.images(of: "1", count: 1, seed: 9, handwriting: .style(number))
            #expect(Array(images[index]) == Array(style[0]))
        }
    }

    @Test("between two digits the plan agrees with the reference on every tier")
    func betweenDigits() throws {
        var random = SeededRandom(seed: 72)
        let model = RandomModel.make(ModelName.cdcgan.architecture, seed: 72)
        let keys = (0..<12).map { index in
            ImageKey(
                latent: .style(random.next()), from: UInt8.random(in: 0...9, using: &random),
                to: UInt8.random(in: 0...9, using: &random), fraction: Fraction(step: index, of: 11))
        }
        let reference = ReferenceGenerator(model)
        let expected = keys.flatMap(reference.image)
        for tier in KernelTier.available {
            let plan = InferencePlan(model, tier: tier)
            let pixels = [UInt8](unsafeUninitializedCapacity: keys.count * 784) { buffer, count in
                count = keys.count * 784
                plan.run(keys, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            }
            #expect(pixels == expected, "tier \(tier.name), seed 72")
        }
    }

    @Test("none of the way is the one digit, all of it the other")
    func betweenDigitsEnds() {
        let latent = Latent.style(3)
        let pixels = generator.render([
            ImageKey(latent: latent, label: 3), ImageKey(latent: latent, from: 3, to: 8, fraction: .none),
            ImageKey(latent: latent, label: 8), ImageKey(latent: latent, from: 3, to: 8, fraction: .full),
        ])
        #expect(pixels[..<784].elementsEqual(pixels[784..<1568]))
        #expect(pixels[1568..<2352].elementsEqual(pixels[2352...]))
    }
}
