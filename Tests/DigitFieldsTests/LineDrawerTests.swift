import DigitGen
import DigitModel
import TestSupport
import Testing

@testable import DigitFields

@Suite("Lines")
struct LineDrawerTests {
    private func texts(_ pattern: String, count: Int, seed: UInt64 = 5) throws -> [String] {
        let pattern = try FieldPattern(pattern)
        return (0..<count).map { pattern.text(seed: seed, index: $0).description }
    }

    @Test("a line is a function of model, seed, number and text, whatever is drawn with it")
    func function() throws {
        let style = try LineStyle(height: 40)
        let texts = try texts("phone-us", count: 8)
        let lines = try Lines.draw(texts, style: style)
        #expect(try Lines.draw(texts, style: style, threads: 3) == lines)
        #expect(try Lines.draw(Array(texts[5...]), style: style, first: 5) == Array(lines[5...]))
        #expect(try Lines.draw([texts[0]], style: style, seed: 2)[0] != lines[0])
    }

    @Test("every tier draws the same line")
    func tiers() throws {
        let bundle = try Lines.drawer.get().generator.bundle
        let request = LineRequest(
            try FieldText("+1 (23)/45.67-8:9,0"), style: try LineStyle(), seed: 3, index: 4)
        let pictures = try KernelTier.available.map { tier in
            try LineDrawer(DigitGenerator(bundle, tier: tier)).draw([request]) { $1 }[0].get()
        }
        for picture in pictures { #expect(picture == pictures[0]) }
    }

    @Test("boxes are tight around the ink of each character, in order", arguments: [16, 33, 48, 270])
    func boxes(height: Int) throws {
        // Nothing touches, so that a box has the ink of its character alone.
        let style = try LineStyle(height: height, spacing: 60, touch: 0)
        for line in try Lines.draw(try texts("[1-9]#{2}-# (#)/+:,.", count: 2), style: style) {
            #expect(line.height == height && line.pixels.count == line.width * height)
            #expect(line.boxes.count == line.text.characters.count { !$0.isSpace })
            for box in line.boxes {
                let (x, y) = (box.x..<box.x + box.width, box.y..<box.y + box.height)
                #expect(
                    box.x >= 0 && box.y >= 0 && box.x + box.width <= line.width
                        && box.y + box.height <= height)
                let edges = [
                    line.hasInk(x: x.prefix(1), y: y), line.hasInk(x: x.suffix(1), y: y),
                    line.hasInk(x: x, y: y.prefix(1)), line.hasInk(x: x, y: y.suffix(1)),
                ]
                #expect(!edges.contains(false), "\(line.text) \(box)")
            }
            #expect(zip(line.boxes, line.boxes.dropFirst()).allSatisfy { $0.x <= $1.x + $1.width })
            let all = try #require(line.inkBox())
            #expect(all.x == line.boxes.map(\.x).min() && all.y == line.boxes.map(\.y).min())
            #expect(all.x + all.width == line.boxes.map { $0.x + $0.width }.max())
            #expect(all.y + all.height == line.boxes.map { $0.y + $0.height }.max())
        }
    }

    @Test("digits stand on the line at about one height, and ones are narrow")
    func proportions() throws {
        let style = try LineStyle(height: 96, slope: 0, touch: 0, wander: 0)
        var (narrow, round) = (0, 0)
        for line in try Lines.draw([String](repeating: "0123456789", count: 4), style: style) {
            let heights = line.boxes.map(\.height)
            let bottoms = line.boxes.map { $0.y + $0.height }
            let typical = heights.sorted()[5]
            for (digit, box) in line.boxes.enumerated() where digit != 7 && digit != 9 && digit != 4 {
                #expect(
                    abs(box.y + box.height - bottoms.sorted()[4]) < typical / 5, "\(digit) floats or sinks")
                #expect(box.height > typical * 3 / 5 && box.height < typical * 7 / 5, "\(digit)")
            }
            narrow += line.boxes[1].width
            round += line.boxes[0].width
        }
        #expect(narrow * 10 < round * 8)
    }

    @Test(
        "no two characters of a line are equal, nor two lines of one text",
        arguments: ["-", ".", ",", "/", ":", "+", "(", ")", "5"])
    func variation(character: String) throws {
        let style = try LineStyle()
        let lines = try Lines.draw(
            [String](repeating: String(repeating: character, count: 8), count: 4), style: style)
        let characters = lines.flatMap { line in
            line.boxes.map { box in
                (box.y..<box.y + box.height).map { y in
                    Array(line.pixels[(y * line.width + box.x)..<(y * line.width + box.x + box.width)])
                }
            }
        }
        #expect(characters.count == 32 && Set(characters).count >= 31)
    }

    @Test("more of a setting is more of what it says")
    func settings() throws {
        let texts = [String](repeating: "123456", count: 6)
        func widths(_ spacing: Int) throws -> Int {
            try Lines.draw(texts, style: try LineStyle(spacing: spacing, slope: 0)).reduce(0) {
                $0 + $1.width
            }
        }
        #expect(try widths(5) < widths(20) && widths(20) < widths(100))
        func overlaps(_ touch: Int) throws -> Int {
            try Lines.draw(texts, style: try LineStyle(spacing: 30, touch: touch)).reduce(0) {
                sum, line in
                sum + zip(line.boxes, line.boxes.dropFirst()).count { $0.x + $0.width >= $1.x }
            }
        }
        #expect(try overlaps(100) > overlaps(0) + 10)
        func bottoms(_ style: LineStyle) throws -> Int {
            try Lines.draw(texts, style: style).reduce(0) { sum, line in
                let bottoms = line.boxes.map { $0.y + $0.height }
                return sum + ((bottoms.max() ?? 0) - (bottoms.min() ?? 0))
            }
        }
        #expect(try bottoms(LineStyle(slope: 0, wander: 0)) < bottoms(LineStyle(slope: 0, wander: 20)))
        #expect(try bottoms(LineStyle(slope: 0, wander: 0)) < bottoms(LineStyle(slope: 15, wander: 0)))
    }

    @Test("ink and paper have the levels that are asked for, and a comb is paler than ink")
    func levels() throws {
        let line = try Lines.draw(["90210"], style: try LineStyle(height: 64, ink: 30, paper: 230))[0]
        #expect(line.pixels.min() == 30 && line.pixels.max() == 230 && line.pixels[0] == 230)
        let inverted = try Lines.draw(["90210"], style: try LineStyle(height: 64, invert: true))[0]
        let plain = try Lines.draw(["90210"], style: try LineStyle(height: 64))[0]
        #expect(zip(inverted.pixels, plain.pixels).allSatisfy { abs(Int($0) + Int($1) - 255) <= 1 })
        let comb = try Lines.draw(["9 210"], style: try LineStyle(height: 64, hasBoxes: true))[0]
        #expect(comb.boxes.count == 4 && Set(comb.pixels).contains { (120...150).contains($0) })
        #expect(comb.boxes[1].x - comb.boxes[0].x > comb.width / 4, "the space has a cell")
    }

    @Test("a width adds paper, and a line that is too long for it is an error")
    func width() throws {
        let free = try Lines.draw(["123"], style: try LineStyle())[0]
        let wide = try Lines.draw(["123"], style: try LineStyle(across: 300))[0]
        #expect(wide.width == 300 && wide.boxes == free.boxes)
        #expect(throws: LineError.tooLong(text: "123", width: free.width, limit: free.width - 1)) {
            try Lines.draw(["123"], style: try LineStyle(across: free.width - 1))
        }
        #expect(try Lines.draw(["123"], style: try LineStyle(across: free.width))[0] == free)
        func draw(pixelLimit: Int, across: Int? = nil) throws -> LinePicture {
            let request = LineRequest(
                try FieldText("123"), style: try LineStyle(across: across), seed: 1, index: 0,
                pixelLimit: pixelLimit)
            return try Lines.drawer.get().draw([request]) { $1 }[0].get()
        }
        let count = free.pixels.count
        #expect(try draw(pixelLimit: count) == free)
        let error = LineError.tooManyPixels(
            text: "123", width: free.width, height: 48, limit: count - 1, hasAcross: false)
        #expect(throws: error) { try draw(pixelLimit: count - 1) }
        #expect(error.commandLineDescription.hasSuffix("expected a shorter text or a lower --height"))
        #expect(
            throws: LineError.tooManyPixels(
                text: "123", width: 60_000, height: 48, limit: count, hasAcross: true)
        ) { try draw(pixelLimit: count, across: 60_000) }
    }

    @Test("a style is checked, with the range in the error")
    func styles() throws {
        #expect(throws: LineError.outOfRange("height", 15, allowed: 16...1024)) { try LineStyle(height: 15) }
        #expect(throws: LineError.outOfRange("touch", 101, allowed: 0...100)) { try LineStyle(touch: 101) }
        #expect(throws: LineError.marginTooWide(11, allowed: 0...10)) {
            try LineStyle(height: 32, margin: 11)
        }
        #expect(throws: LineError.invisible(9)) { try LineStyle(ink: 9, paper: 9) }
    }

    @Test("the longest texts and the most extreme styles are drawn, whatever the weights")
    func extremes() throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SeededRandom(seed: seed)
        let free = try LineDrawer(
            DigitGenerator(Bundle(compressed: SampleBundle.encodedInk()), tier: KernelTier.available[0]))
        let characters = Array("0123456789 -.,/:+()".utf8)
        for round in 0..<Rounds.count(4, full: 500) {
            func number(_ setting: LineStyle.Setting) -> Int { Int.random(in: setting.range, using: &random) }
            let height = Int.random(in: 16...60, using: &random)
            let style = try LineStyle(
                height: height, margin: Int.random(in: 0...(height - 12) / 2, using: &random),
                spacing: number(LineStyle.spacing), slope: number(LineStyle.slope),
                touch: number(LineStyle.touch),
                wander: number(LineStyle.wander), hasBoxes: Bool.random(using: &random))
            let count = Int.random(in: 1...100, using: &random)
            let text = String(
                decoding: (0..<count).map { _ in
                    characters[Int.random(in: 0..<characters.count, using: &random)]
                }
                    + [UInt8(ascii: "-")], as: UTF8.self)
            guard let text = try? FieldText(String(text.suffix(100))) else { continue }
            for drawer in [free, try Lines.drawer.get()] {
                let request = LineRequest(text, style: style, seed: seed, index: round)
                let line = try drawer.draw([request]) { $1 }[0].get()
                #expect(line.pixels.count == line.width * line.height, "seed \(seed)")
                #expect(line.boxes.allSatisfy { $0.x + $0.width <= line.width && $0.y + $0.height <= height })
            }
        }
        let large = try Lines.draw(["-1"], style: try LineStyle(height: 1024))[0]
        #expect(large.height == 1024 && large.width < 3000)
    }

    @Test("a hand by its number is the same under every seed, and a model without ink draws no lines")
    func hands() throws {
        let style = try LineStyle()
        let (hand, other) = (
            LineHand(HandChoice(number: 12), seed: 1, index: 0),
            LineHand(HandChoice(number: 12), seed: 2, index: 9)
        )
        func latent(_ hand: LineHand, _ position: Int, _ stray: HandStray?) -> Latent {
            hand.key(position: position, label: 7, stray: stray).latent
        }
        #expect(latent(hand, 0, nil) == latent(other, 3, nil))
        let stray = HandStray(9_000)
        #expect(latent(hand, 0, stray) != latent(hand, 1, stray))
        #expect(hand.hand(style).heights == other.hand(style).heights)
        #expect(
            try Lines.draw(["77"], style: style, hand: HandChoice(number: 1))
                != Lines.draw(["77"], style: style, hand: HandChoice(number: 2)))
        #expect(throws: DigitGeneratorError.self) { try LineDrawer(DigitGenerator(shipped: "cdcgan")) }
    }
    @Test("digits vary as far as is asked, and have the style that is asked for")
    func choices() throws {
        let style = try LineStyle(height: 96, slope: 0, wander: 0)
        func draw(_ hand: HandChoice, _ text: String = "00000000") throws -> LinePicture {
            try Lines.draw([text], style: style, hand: hand)[0]
        }
        let still = try #require(Fraction(0))
        func sizes(_ line: LinePicture) -> Int { Set(line.boxes.map { $0.width * 100 / $0.height }).count }
        #expect(sizes(try draw(HandChoice(number: 3, vary: still))) < sizes(try draw(HandChoice(number: 3))))
        func ink(_ thickness: Double) throws -> Int {
            let line = try draw(HandChoice(targets: [try StyleTarget(.thickness, thickness)]))
            return line.pixels.count { $0 > 127 }
        }
        #expect(try ink(0.08) * 4 < ink(0.14) * 3)
        let drawer = try Lines.drawer.get()
        let text = try FieldText("12")
        let wrong = [try StyleTarget(.slant, 60), try StyleTarget(.slant, 5, to: 3)]
        for target in wrong {
            #expect(throws: DigitGeneratorError.self) {
                try drawer.check(text, HandChoice(targets: [target]))
            }
        }
    }
}
