import TestSupport
import Testing
import DigitModel

@testable import DigitGen

@Suite("The generator")
struct DigitGeneratorTests {
    @Test("fewer images are the beginning of more")
    func prefix() throws {
        let generator = try random(.cdcgan)
        let more = try generator.images(of: "7", count: 32, seed: 1)
        let fewer = try generator.images(of: "7", count: 16, seed: 1)
        #expect(fewer.pixels == Array(more.pixels.prefix(fewer.pixels.count)))
        #expect(fewer.count == 16 && fewer.width == 28 && fewer.height == 28)
        #expect(fewer.labels == [String](repeating: "7", count: 16))
    }

    @Test("any number of threads draws the same images", arguments: [Int.min, 0, 3, Int.max])
    func threads(count: Int) throws {
        let generator = try random(.cdcgan)
        let images = try generator.images(of: "7", count: 40, seed: 1, threads: count)
        #expect(images.pixels == (try generator.images(of: "7", count: 40, seed: 1, threads: 1)).pixels)
    }

    @Test("a number's digits stand side by side, each as if it were asked for alone")
    func numbers() throws {
        let generator = try random(.cdcgan)
        let number = try generator.images(of: "907", count: 3, seed: 5)
        #expect(number.width == 84 && number.height == 28)
        for (place, digit) in ["9", "0", "7"].enumerated() {
            let alone = try generator.images(of: digit, count: 3, seed: 5)
            for index in 0..<3 {
                let part = (0..<28).flatMap { row in
                    let start = number[index].startIndex + row * 84 + place * 28
                    return Array(number[index][start..<start + 28])
                }
                #expect(part == Array(alone[index]))
            }
        }
    }

    @Test("without digits a conditional model draws them in turn, another leaves labels out")
    func withoutDigits() throws {
        let generator = try random(.cgan)
        let images = try generator.images(count: 12, seed: 2)
        #expect(images.labels == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1"])
        let three = try generator.images(of: "3", count: 4, seed: 2)
        #expect(Array(images[3]) == Array(three[3]))
        #expect(try random(.gan).images(count: 3, seed: 2).labels.isEmpty)
    }

    @Test("invalid digits and counts are refused with the reason")
    func refusals() throws {
        let generator = try random(.cgan)
        for text in ["", "x", "1.5", "-1", "٣", "7 "] {
            #expect(throws: DigitGeneratorError.invalidDigits(text)) {
                try generator.images(of: text, count: 1, seed: 1)
            }
        }
        #expect(throws: DigitGeneratorError.tooManyDigits(65, limit: 64)) {
            try generator.images(of: String(repeating: "1", count: 65), count: 1, seed: 1)
        }
        for count in [0, -1, Int.min, Int.max, 1_000_001] {
            #expect(throws: DigitGeneratorError.invalidCount(count, allowed: 1...1_000_000)) {
                try generator.images(of: "1", count: count, seed: 1)
            }
        }
        #expect(throws: DigitGeneratorError.self) { try random(.gan).images(of: "1", count: 1, seed: 1) }
    }

    @Test("a model that learnt some digits draws those, in turn without orders, and no other")
    func fewDigits() throws {
        let some = try DigitGenerator(bytes: SampleBundle.encoded(classes: [1, 3, 8]))
        let all = try DigitGenerator(bytes: SampleBundle.encoded())
        #expect(some.digits == "138" && all.digits == "0123456789")
        #expect(try some.images(count: 4, seed: 1).labels == ["1", "3", "8", "1"])
        #expect(
            try some.images(of: "83", count: 2, seed: 1).pixels
                == all.images(of: "83", count: 2, seed: 1).pixels)
        let error = #expect(throws: DigitGeneratorError.self) {
            try some.images(of: "3707", count: 1, seed: 1)
        }
        #expect(error == .unknownDigits([0, 7], model: "sample", known: [1, 3, 8]))
        #expect(
            error?.description
                == "the model \"sample\" draws only 1, 3 and 8, not 0 and 7")
    }

    @Test("an unknown model's error names those there are")
    func unknownModel() {
        #expect(
            throws: DigitGeneratorError.unknownModel("vae", available: DigitGenerator.shippedModels)
        ) { try DigitGenerator(shipped: "vae") }
    }

    @Test("a file that cannot be read, or is no bundle, is named in the error")
    func files() {
        #expect(throws: DigitGeneratorError.unreadable(path: "/nowhere", reason: "No such file or directory"))
        {
            try DigitGenerator(contentsOf: "/nowhere")
        }
        #expect(throws: DigitGeneratorError.unreadable(path: "/", reason: "Is a directory")) {
            try DigitGenerator(contentsOf: "/")
        }
        #expect(throws: DigitGeneratorError.self) { try DigitGenerator(contentsOf: "/dev/zero") }
        #expect(throws: DigitGeneratorError.self) { try DigitGenerator(bytes: Array("not a bundle".utf8)) }
    }

    @Test("every shipped model reads, has its name, and the digest recorded beside it")
    func shippedModels() throws {
        #expect(!DigitGenerator.shippedModels.isEmpty)
        for shipped in ShippedBundle.all {
            let recorded = try shipped.read()
            #expect(recorded.manifest.modelName == shipped.name)
            #expect(recorded.sha256 == SHA256.hexDigest(of: shipped.bytes.span))
        }
    }

    @Test("the default model draws the digit it is asked for, in ink on an empty border")
    func defaultModel() throws {
        let generator = try DigitGenerator.default
        #expect(generator.isConditional)
        let images = try generator.images(of: "8", count: 20, seed: 3)
        for index in 0..<20 {
            let pixels = Array(images[index])
            #expect(pixels.contains { $0 > 200 })
            #expect(pixels.count { $0 < 20 } > 392, "more background than ink")
        }
    }

    private func random(_ name: ModelName) throws -> DigitGenerator {
        let manifest = Manifest(
            modelName: name.rawValue, recipe: "random numbers", seed: 1,
            dataSetSHA256: String(repeating: "0", count: 64), metrics: [], programVersion: "1.0.0")
        let bundle = try Bundle(model: RandomModel.make(name.architecture, seed: 3), manifest: manifest)
        return try DigitGenerator(bundle, tier: KernelTier.available[0])
    }
}
